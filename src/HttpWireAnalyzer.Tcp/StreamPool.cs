using HttpWireAnalyzer.Tcp.Diagnosis;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// What streams that were out of the ordinary, or long, needed and gave back, for others: as many as were ever needed at
/// once. Of a capture that goes on for ever nothing of it becomes garbage.
/// </summary>
internal sealed class StreamPool
{
    private readonly Stack<StreamDiagnosis> _diagnoses = new();
    private readonly Stack<RoundTripSeries> _roundTrips = new();
    private readonly Stack<StreamTrouble> _troubles = new();
    private readonly WaitingOctets _room = new();

    /// <summary>The end's own, made if it has none.</summary>
    public StreamDiagnosis DiagnosisOf(ref EndDiagnosis end) =>
        end.Detail ??= _diagnoses.TryPop(out var free) ? free : new StreamDiagnosis();

    public StreamTrouble TroubleOf(ref TcpEndpoint end) =>
        DiagnosisOf(ref end.Diagnosis).Trouble ??= _troubles.TryPop(out var free) ? free : new StreamTrouble(_room);

    public RoundTripSeries RoundTripsOf(ref EndDiagnosis end) =>
        DiagnosisOf(ref end).RoundTrips ??= _roundTrips.TryPop(out var free) ? free : new RoundTripSeries();

    /// <summary>The connection leaves: what its end had is cleared, and the end is not asked any more.</summary>
    public void TakeBack(in TcpEndpoint end)
    {
        if (end.Diagnosis.Detail is { } detail)
        {
            TakeBack(detail);
        }
    }

    private void TakeBack(StreamDiagnosis detail)
    {
        if (detail.Trouble is { } trouble)
        {
            trouble.Clear();
            _troubles.Push(trouble);
        }

        if (detail.RoundTrips is { } roundTrips)
        {
            roundTrips.Clear();
            _roundTrips.Push(roundTrips);
        }

        detail.Clear();
        _diagnoses.Push(detail);
    }
}
