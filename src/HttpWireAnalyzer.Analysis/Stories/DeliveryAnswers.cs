using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>How well TCP delivered, and what that cost the slowest exchange.</summary>
internal sealed class DeliveryAnswers(ConnectionRecord connection, StoryMaterial material)
{
    /// <summary>A tenth of a second: what takes longer is noticed as a delay.</summary>
    private const long Noticeable = Timestamp.NanosecondsPerSecond / 10;

    private readonly EndDiagnosisSummary _client = connection.Tcp.ClientEnd.Diagnosis;
    private readonly EndDiagnosisSummary _server = connection.Tcp.ServerEnd.Diagnosis;

    public DeliveryTroubled? Trouble()
    {
        var again = Of(SegmentMarks.Retransmission);
        var outOfOrder = Of(SegmentMarks.OutOfOrder);
        var closed = _client.WindowClosed + _server.WindowClosed;
        if (again + outOfOrder + closed == 0)
        {
            return null;
        }

        var roundTrip = FullRoundTrip.Of(connection);
        return new DeliveryTroubled(
            again,
            Of(SegmentMarks.FastRetransmission),
            Of(SegmentMarks.RetransmissionTimeout),
            Of(SegmentMarks.SpuriousRetransmission) + _client.ProvenSpurious + _server.ProvenSpurious,
            outOfOrder,
            closed,
            roundTrip.Least,
            roundTrip.Average)
        {
            Evidence = StoryMaterial.Frames([.. material.Course.All.Where(IsOfDelivery).Take(3).Select(line => line.At)]),
        };
    }

    public TimeSpent? Slowest() => material.Slowest is { } slowest
        && (slowest.Timing.Total >= Noticeable || slowest.Timing.Stalled > 0)
            ? slowest
            : null;

    private int Of(SegmentMarks mark) => _client.Of(mark) + _server.Of(mark);

    private static bool IsOfDelivery(Told line) => line.Sentence is SegmentRemarked
    {
        Kind: TcpRemarkKind.Retransmission or TcpRemarkKind.OutOfOrder or TcpRemarkKind.ZeroWindow,
    };
}
