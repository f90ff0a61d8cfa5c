using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>Segments of any kind on few 4-tuples: whatever they are, what is said of them holds together.</summary>
public sealed class JunkTests
{
    private static readonly uint[] Bases = [0, 1_000, 5_000, 0x7FFF_FFF0, 0xFFFF_FFF0];

    private static readonly ushort[] Ports = [40_000, 40_001];

    [Fact]
    public void Any_segments_keep_the_promises_of_the_sink() =>
        Prop.ForAll(Arb.From(Gen.ListOf(JunkLine())), lines => Promises.Check(Play(lines, TrackerLimits.Default)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(200));

    [Fact]
    public void Any_segments_keep_the_promises_under_tight_limits()
    {
        var limits = new TrackerLimits
        {
            StreamQueueOctets = 3_000,
            QueueOctets = 4_000,
            HolePatienceSegments = 1,
            HolePatience = 0,
            ClosedGrace = 0,
            ClosedRetention = 1,
            TimeWait = 0,
        };
        Prop.ForAll(Arb.From(Gen.ListOf(JunkLine())), lines => Promises.Check(Play(lines, limits)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(200));
    }

    /// <summary>So the line can run several times side by side, each with its share of the connections.</summary>
    [Fact]
    public void A_share_of_the_connections_says_what_it_says_among_all() =>
        Prop.ForAll(Arb.From(Gen.ListOf(JunkLine())), lines =>
        {
            var all = Play(lines, TrackerLimits.Default);
            foreach (var port in Ports)
            {
                Assert.Equal(
                    all.Summaries.Where(summary => IsOf(port, summary.Client, summary.Server)).Select(Anonymous),
                    Play(lines, TrackerLimits.Default, port).Summaries.Select(Anonymous));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(100));

    private static bool IsOf(ushort port, Endpoint one, Endpoint other) => one.Port == port || other.Port == port;

    private static TcpSummary Anonymous(TcpSummary summary) => summary with { Connection = default };

    /// <param name="share">Only segments of this port are played; time passes for all.</param>
    private static StreamStory Play(IEnumerable<Line> lines, TrackerLimits limits, ushort? share = null)
    {
        var story = new StreamStory();
        var tracker = new ConnectionTracker(story, limits);
        var packet = new PacketRef(0, new Timestamp(1));
        foreach (var line in lines)
        {
            packet = new PacketRef(packet.Number + 1, packet.Time.Plus(line.Nanoseconds));
            tracker.Advance(packet.Time.Next(Timestamp.NanosecondsPerSecond).Plus(-Timestamp.NanosecondsPerSecond), begun: 1_000 * packet.Number);
            if (IsPlayed(line, share))
            {
                line.Segment.PlayInto(tracker, packet);
            }
        }

        tracker.Finish();
        var played = lines.Where(line => IsPlayed(line, share));
        Assert.Equal(
            played.Sum(line => (long)Math.Max(line.Segment.LengthOnWire, line.Segment.Payload.Length)),
            tracker.LateOctets + story.Summaries.Sum(
                summary => summary.ClientEnd.Counters.Octets + summary.ServerEnd.Counters.Octets));
        Assert.Equal(
            played.Count(),
            tracker.LateSegments + story.Summaries.Sum(
                summary => summary.ClientEnd.Counters.Packets + summary.ServerEnd.Counters.Packets));
        return story;
    }

    private static bool IsPlayed(Line line, ushort? share) =>
        share is not { } port || IsOf(port, line.Segment.Source, line.Segment.Destination);

    // Numbers are near each other, so that segments meet; sometimes far off.
    private static Gen<uint> Number() =>
        from origin in Gen.Elements(Bases)
        from offset in Gen.Choose(0, 40)
        select unchecked(origin + (uint)offset);

    private static Gen<Line> JunkLine() =>
        from fromClient in Gen.Elements(true, false)
        from port in Gen.Elements(Ports)
        from flags in Gen.Frequency(
            (6, Gen.Constant(TcpFlags.Ack)),
            (2, Gen.Elements(TcpFlags.Syn, TcpFlags.Syn | TcpFlags.Ack)),
            (2, Gen.Elements(TcpFlags.Fin | TcpFlags.Ack, TcpFlags.Rst, TcpFlags.Rst | TcpFlags.Ack)),
            (1, Gen.Choose(0, 511).Select(bits => (TcpFlags)bits)))
        from sequence in Number()
        from acknowledgment in Number()
        from payload in Gen.Choose(0, 12).Select(length => new byte[length])
        from cut in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Choose(1, 70_000)))
        from window in Gen.Elements<ushort>(0, 1_000)
        from nanoseconds in Gen.Elements(-1L, 1L, 1_000L, 300_000_000L, 70_000_000_000L)
        select new Line(
            (fromClient
                ? new SegmentLine(
                    Playbook.ClientEndpoint with { Port = port }, Playbook.ServerEndpoint, sequence, flags)
                : new SegmentLine(
                    Playbook.ServerEndpoint, Playbook.ClientEndpoint with { Port = port }, sequence, flags))
            with
            { Acknowledgment = acknowledgment, Payload = payload, LengthOnWire = payload.Length + cut, Window = window },
            nanoseconds);

    private sealed record Line(SegmentLine Segment, long Nanoseconds);
}
