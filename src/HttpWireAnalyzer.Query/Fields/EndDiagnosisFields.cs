using HttpWireAnalyzer.Tcp.Diagnosis;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>How well TCP did for what one end sent.</summary>
internal sealed class EndDiagnosisFields(FieldSet set, string side, string other)
{
    private readonly Field _samples = set.Add($"conn.rtt.{other}.samples", Number, $"Round trips measured between the tap and the {other}");
    private readonly Field _least = set.Add($"conn.rtt.{other}.min", Duration, $"From the tap to the {other} and back, the shortest, in steps of 256 ns; never of octets sent twice (RFC 6298 §3)");
    private readonly Field _average = set.Add($"conn.rtt.{other}.avg", Duration, "Their average");
    private readonly Field _most = set.Add($"conn.rtt.{other}.max", Duration, "The longest");
    private readonly Field _percentile = set.Add($"conn.rtt.{other}.p95", Duration, "95 of 100 took no longer, to a sixteenth of the value; absent with sixteen or fewer");
    private readonly Field _smoothed = set.Add($"conn.rtt.{other}.smoothed", Duration, "SRTT at the end (RFC 6298 §2)");
    private readonly Field _timeout = set.Add($"conn.{side}.rto", Duration, $"Retransmission timeout of the {side} by these round trips (RFC 6298), 200 ms above SRTT at least, as Linux has it");
    private readonly Field _inFlight = set.Add($"conn.{side}.flight.max", Number, "Most octets sent and not acknowledged, by SACK neither");
    private readonly Field _initial = set.Add($"conn.{side}.initial_window", Number, "Octets sent before the first acknowledgment of any of them (RFC 6928); absent where the beginning was not captured");
    private readonly Field _initialSegments = set.Add($"conn.{side}.initial_window.segments", Number, "In so many segments, 255 at most");
    private readonly Field _closed = set.Add($"conn.{side}.zero_window_time", Duration, "How long it offered no window; absent without");
    private readonly Field _proven = set.Add($"conn.{side}.spurious_proven", Number, "Retransmissions that the receiver's DSACK or timestamps show to be needless, not counted as spurious_retransmission; absent without");
    private readonly Field[] _marks =
        [.. Words.Marks[..^1].Select(mark => set.Add($"conn.{side}.analysis.{mark.Text}", Number, $"Segments with tcp.analysis.{mark.Text}; absent without"))];

    public void Write(in EndDiagnosisSummary diagnosis, FieldSink sink)
    {
        var trips = diagnosis.RoundTrips;
        if (trips.Samples > 0)
        {
            sink.Number(_samples, trips.Samples);
            sink.Duration(_least, trips.Least);
            sink.Duration(_average, trips.Average);
            sink.Duration(_most, trips.Most);
            sink.DurationIfKnown(_percentile, trips.Percentile95);
            sink.Duration(_smoothed, trips.Smoothed);
            sink.Duration(_timeout, trips.Timeout);
        }

        if (diagnosis.MostInFlight > 0)
        {
            sink.Number(_inFlight, diagnosis.MostInFlight);
        }

        if (diagnosis.InitialOctets > 0)
        {
            sink.Number(_initial, diagnosis.InitialOctets);
            sink.Number(_initialSegments, diagnosis.InitialSegments);
        }

        if (diagnosis.WindowClosed > 0)
        {
            sink.Duration(_closed, diagnosis.WindowClosed);
        }

        if (diagnosis.ProvenSpurious > 0)
        {
            sink.Number(_proven, diagnosis.ProvenSpurious);
        }

        WriteMarks(diagnosis, sink);
    }

    private void WriteMarks(in EndDiagnosisSummary diagnosis, FieldSink sink)
    {
        if (diagnosis.Marks is not { } counts)
        {
            return;
        }

        for (var mark = 0; mark < _marks.Length; mark++)
        {
            var count = counts.Of((SegmentMarks)(1u << mark));
            if (count > 0)
            {
                sink.Number(_marks[mark], count);
            }
        }
    }
}
