using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>How well TCP delivered, and what that cost the slowest exchange.</summary>
internal sealed class DeliveryAnswers(ConnectionRecord connection, StoryMaterial material, AckHistory? acknowledgments)
{
    /// <summary>A tenth of a second: what takes longer is noticed as a delay.</summary>
    private const long Noticeable = Timestamp.NanosecondsPerSecond / 10;

    private readonly EndDiagnosisSummary _client = connection.Tcp.ClientEnd.Diagnosis;
    private readonly EndDiagnosisSummary _server = connection.Tcp.ServerEnd.Diagnosis;

    public DeliveryTroubled? Trouble()
    {
        var doubled = material.Course.All.Sum(line =>
            line.Sentence is SegmentRemarked { Kind: TcpRemarkKind.Retransmission, TooSoon: true } copies ? copies.Count : 0);
        var fins = connection.Tcp.ClientEnd.Counters.DoubledFins + connection.Tcp.ServerEnd.Counters.DoubledFins;
        // A FIN with octets is among both.
        doubled = int.Min(doubled + fins, Of(SegmentMarks.Retransmission));
        var again = Of(SegmentMarks.Retransmission) - doubled;
        var outOfOrder = Of(SegmentMarks.OutOfOrder);
        var closed = _client.WindowClosed + _server.WindowClosed;
        var errors = material.Course.All.Select(line => line.Sentence).OfType<IcmpReported>().ToList();
        if (again + doubled + outOfOrder + closed + errors.Count == 0)
        {
            return null;
        }

        // Who sends its SYN-ACK again has not had the ACK that the tap saw.
        var needed = doubled + material.SynAcksAfter(connection.Tcp.HandshakeAck, connection.Handshake.Front);
        var roundTrip = FullRoundTrip.Of(connection);
        return new DeliveryTroubled(
            again,
            Of(SegmentMarks.FastRetransmission),
            Of(SegmentMarks.RetransmissionTimeout),
            int.Max(0, Of(SegmentMarks.SpuriousRetransmission) + _client.ProvenSpurious + _server.ProvenSpurious - needed),
            outOfOrder,
            closed,
            roundTrip.Least,
            roundTrip.Average)
        {
            Doubled = doubled,
            IcmpErrors = errors.Count,
            Icmp = errors.FirstOrDefault(),
            Evidence = StoryMaterial.Frames(
                [.. material.Course.All.Where(IsOfDelivery).Take(3).Select(line => line.At), .. errors.Take(1).SelectMany(error => error.Evidence)]),
        };
    }

    /// <summary>The latest of all: what the tap saw leave, the other end had only then.</summary>
    public AcknowledgedLate? AcknowledgedLate()
    {
        AcknowledgedLate? latest = null;
        foreach (var exchange in material.Exchanges)
        {
            var trace = exchange.ResponseTrace;
            var sender = exchange.Requester.Other();
            if (acknowledgments is null || !trace.Complete || connection.Tcp.EndOf(sender).Diagnosis.Of(SegmentMarks.Retransmission) == 0)
            {
                continue;
            }

            var by = acknowledgments.FirstCovering(connection.Tcp.Actual(exchange.Requester), trace.EndOffset);
            var late = by.IsNone ? -1 : by.Time.Since(trace.End.Time);
            if (late >= Noticeable && late > (latest?.Late ?? 0))
            {
                latest = new AcknowledgedLate(exchange, late, by) { Evidence = StoryMaterial.Frames(trace.End, by) };
            }
        }

        return latest;
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
