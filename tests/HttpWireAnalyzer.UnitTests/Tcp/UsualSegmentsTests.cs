using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.TestBuilders.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>
/// The short way says what the whole way says. With somebody who lists segments, all go the whole way.
/// </summary>
public sealed class UsualSegmentsTests
{
    private static readonly int MarkCount = MarkCounts.Length;

    [Fact]
    public void The_short_way_says_what_the_whole_way_says() =>
        AssertSame(from steps in Gen.ListOf(AnyStep()) select Opening().Concat(steps));

    [Fact]
    public void The_short_way_says_the_same_behind_what_is_over() =>
        AssertSame(from spells in Gen.ListOf(AnySpell()) select Opening().Concat(spells.SelectMany(spell => spell)));

    [Fact]
    public void The_short_way_says_the_same_however_a_connection_opens() =>
        AssertSame(
            from opening in AnyOpening()
            from spells in Gen.ListOf(AnySpell())
            select opening.Concat(spells.SelectMany(spell => spell)));

    [Fact]
    public void The_short_way_says_the_same_however_a_connection_closes() =>
        AssertSame(
            from opening in Gen.Frequency((3, Gen.Constant(Opening())), (1, AnyOpening()))
            from exchange in AnySpell()
            from closing in AnyClosing()
            from steps in Gen.ListOf(AnyStep(), 3)
            from again in Gen.Elements(true, false)
            select opening.Concat(exchange.Skip(1)).Concat(closing).Concat(again ? steps.Concat(Opening()) : steps));

    private static void AssertSame(Gen<IEnumerable<Step>> conversations) =>
        Prop.ForAll(Arb.From(conversations), Arb.From(Gen.Elements(0u, 0xFFFF_FFC0u)), (steps, start) =>
        {
            var lines = Write(steps, start).ToList();
            var shorter = Play(lines, null);
            var whole = Play(lines, new NoListing());

            Assert.Equal(whole.Transcript, shorter.Transcript);
            Assert.Equal(whole.Remarks, shorter.Remarks);
            Assert.Equal(whole.Chunks.Select(chunk => chunk.Acknowledged), shorter.Chunks.Select(chunk => chunk.Acknowledged));
            Assert.Equal(whole.Summaries.Select(WithoutMarks), shorter.Summaries.Select(WithoutMarks));
            Assert.Equal(whole.Summaries.SelectMany(Marks), shorter.Summaries.SelectMany(Marks));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(60));

    [Fact]
    public void One_octet_into_a_window_that_was_closed_with_a_FIN_is_a_probe_either_way()
    {
        List<Step> steps =
        [
            .. Opening(),
            new(true, TcpFlags.Ack, 10, 0, 0, 0, 1_000, true, 1_000, false, false),
            new(false, TcpFlags.Fin | TcpFlags.Ack, 0, 0, 0, 0, 0, true, 1_000, false, false),
            new(true, TcpFlags.Ack, 1, 0, 0, 0, 1_000, true, 1_000, false, false),
            new(false, TcpFlags.Ack, 0, 0, 0, 0, 1_000, true, 30_000_000, false, false),
            new(true, TcpFlags.Ack, 500, 0, 0, 0, 1_000, true, 0, false, false),
        ];
        var lines = Write(steps, 0).ToList();

        Assert.Equal(Play(lines, new NoListing()).Transcript, Play(lines, null).Transcript);
    }

    private static StreamStory Play(IEnumerable<(SegmentLine Line, long At)> lines, ITrackedSegmentSink? listing)
    {
        var story = new StreamStory();
        var tracker = new ConnectionTracker(story, TrackerLimits.Default, listing);
        var number = 0;
        foreach (var (line, at) in lines)
        {
            line.PlayInto(tracker, new PacketRef(++number, new Timestamp(at)));
        }

        tracker.Finish();
        return story;
    }

    private static TcpSummary WithoutMarks(TcpSummary summary) => summary with
    {
        ClientEnd = summary.ClientEnd with { Diagnosis = WithoutMarks(summary.ClientEnd.Diagnosis) },
        ServerEnd = summary.ServerEnd with { Diagnosis = WithoutMarks(summary.ServerEnd.Diagnosis) },
    };

    private static EndDiagnosisSummary WithoutMarks(EndDiagnosisSummary end) =>
        end with { Troubles = EndTroubles.Of(marks: null, end.SlowRestarts, end.Stuck, end.SmallSegments) };

    private static IEnumerable<int> Marks(TcpSummary summary) =>
        from end in new[] { summary.ClientEnd, summary.ServerEnd }
        from mark in Enumerable.Range(0, MarkCount)
        select end.Diagnosis.Of((SegmentMarks)(1 << mark));

    /// <summary>A conversation that mostly goes as it should, with what happens to segments now and then.</summary>
    private static IEnumerable<(SegmentLine Line, long At)> Write(IEnumerable<Step> steps, uint start)
    {
        uint[] next = [start, 0x7FFF_FFF0];
        uint[] acked = [start, 0x7FFF_FFF0];
        long at = 1;
        SegmentLine? kept = null;
        foreach (var step in steps)
        {
            at += step.Nanoseconds;
            var me = step.FromClient ? 0 : 1;
            acked[me] = step.Acknowledges ? next[1 - me] : acked[me];
            var line = new SegmentLine(
                step.FromClient ? Playbook.ClientEndpoint : Playbook.ServerEndpoint,
                step.FromClient ? Playbook.ServerEndpoint : Playbook.ClientEndpoint,
                unchecked(next[me] + (uint)step.Shift),
                step.Flags)
            {
                Acknowledgment = (step.Flags & TcpFlags.Ack) == 0 ? 0 : unchecked(acked[me] + (uint)step.AckShift),
                Payload = new byte[step.Length],
                LengthOnWire = step.Length + step.Cut,
                Window = step.Window,
            };
            if (step.Shift == 0)
            {
                var control = (step.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? 1 : 0;
                next[me] = unchecked(next[me] + (uint)(step.Length + step.Cut + control));
            }

            if (step.IsMissed)
            {
                continue;
            }

            if (step.IsKept && kept is null)
            {
                kept = line;
                continue;
            }

            yield return (line, at);
            if (!step.IsKept && kept is not null)
            {
                yield return (kept, at);
                kept = null;
            }
        }
    }

    private static IEnumerable<Step> Opening() =>
    [
        new Step(true, TcpFlags.Syn, 0, 0, 0, 0, 1_000, false, 1, false, false),
        new Step(false, TcpFlags.Syn | TcpFlags.Ack, 0, 0, 0, 0, 1_000, true, 1_000, false, false),
        new Step(true, TcpFlags.Ack, 0, 0, 0, 0, 1_000, true, 1_000, false, false),
    ];

    /// <summary>Steps of a handshake that are lost, repeated, late or carry something, one or more of them or none.</summary>
    private static Gen<IEnumerable<Step>> AnyOpening() =>
        from syn in AnyOpeningStep(true, TcpFlags.Syn)
        from synAck in AnyOpeningStep(false, TcpFlags.Syn | TcpFlags.Ack)
        from third in AnyOpeningStep(true, TcpFlags.Ack)
        from another in Gen.Elements(-1, -1, 0, 1, 2)
        from at in Gen.Choose(0, 3)
        let steps = (Step[])[syn, synAck, third]
        select another < 0 ? steps : steps[..at].Append(Again(steps[another])).Concat(steps[at..]);

    /// <summary>FINs of both ends, in one of the usual orders, of which each step may be lost, repeated, late or carry something.</summary>
    private static Gen<IEnumerable<Step>> AnyClosing() =>
        from clientFirst in Gen.Elements(true, false)
        from fin in AnyOpeningStep(clientFirst, TcpFlags.Fin | TcpFlags.Ack)
        from ack in AnyOpeningStep(!clientFirst, TcpFlags.Ack)
        from otherFin in AnyOpeningStep(!clientFirst, TcpFlags.Fin | TcpFlags.Ack)
        from lastAck in AnyOpeningStep(clientFirst, TcpFlags.Ack)
        from isCrossing in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from isAcknowledgedApart in Gen.Elements(true, false)
        from another in Gen.Elements(-1, -1, 0, 1, 2)
        let steps = isAcknowledgedApart
            ? (Step[])[fin, ack, otherFin, lastAck]
            : [fin, otherFin with { Acknowledges = !isCrossing }, lastAck]
        select another < 0 ? steps : steps.Append(Again(steps[another]));

    private static Step Again(Step step) =>
        step with { Shift = (step.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? -1 : 0, Nanoseconds = 1_000_000_000L, IsKept = false };

    private static Gen<Step> AnyOpeningStep(bool fromClient, TcpFlags flags) =>
        from more in Gen.Frequency((12, Gen.Constant(TcpFlags.None)), (1, Gen.Elements(TcpFlags.Fin, TcpFlags.Psh, TcpFlags.Rst)))
        from length in Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Elements(1, 500)))
        from shift in Gen.Frequency((12, Gen.Constant(0)), (1, Gen.Elements(-1, 1)))
        from ackShift in Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Elements(-1, 1, 10)))
        from window in Gen.Frequency((6, Gen.Constant<ushort>(1_000)), (1, Gen.Elements<ushort>(0, 1)))
        from isKept in Gen.Frequency((12, Gen.Constant(false)), (1, Gen.Constant(true)))
        from isMissed in Gen.Frequency((12, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Step(
            fromClient, flags | more, length, 0, shift, ackShift, window, flags != TcpFlags.Syn, 1_000, isKept, isMissed);

    private static Gen<Step> AnyStep() =>
        from fromClient in Gen.Elements(true, false)
        from flags in Gen.Frequency(
            (40, Gen.Elements(TcpFlags.Ack, TcpFlags.Ack | TcpFlags.Psh)),
            (1, Gen.Elements(
                TcpFlags.Fin | TcpFlags.Ack, TcpFlags.Rst | TcpFlags.Ack, TcpFlags.Syn, TcpFlags.Ack | TcpFlags.Urg, TcpFlags.None)))
        from length in Gen.Elements(0, 0, 1, 10, 500)
        from cut in Gen.Frequency((60, Gen.Constant(0)), (1, Gen.Choose(1, 20)))
        from shift in Gen.Frequency((30, Gen.Constant(0)), (2, Gen.Elements(-10, -1, 1, 10)))
        from ackShift in Gen.Frequency((30, Gen.Constant(0)), (2, Gen.Elements(-500, -1, 1, 10)))
        from window in Gen.Frequency((30, Gen.Constant<ushort>(1_000)), (3, Gen.Elements<ushort>(0, 500, 510)))
        from acknowledges in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        from nanoseconds in Gen.Elements(0L, 1_000L, 100_000L, 30_000_000L, 300_000_000L, -1_000L)
        from isKept in Gen.Frequency((20, Gen.Constant(false)), (1, Gen.Constant(true)))
        from isMissed in Gen.Frequency((40, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Step(fromClient, flags, length, cut, shift, ackShift, window, acknowledges, nanoseconds, isKept, isMissed);

    /// <summary>Something out of the ordinary perhaps, and then all as it should be for a while.</summary>
    private static Gen<IEnumerable<Step>> AnySpell() =>
        from first in AnyStep()
        from lengths in Gen.ArrayOf(Gen.Elements(0, 1, 10, 500), 12)
        from fromClient in Gen.Elements(true, false)
        from nanoseconds in Gen.Elements(1_000L, 100_000L, 30_000_000L)
        select lengths
            .Select((length, at) => new Step(
                (at & 1) == 0 == fromClient, TcpFlags.Ack, length, 0, 0, 0, 1_000, true, nanoseconds, false, false))
            .Prepend(first);

    /// <param name="Shift">Octets before or behind what is next.</param>
    /// <param name="Acknowledges">All that the other end sent; else what it acknowledged before.</param>
    /// <param name="IsKept">It is overtaken by the next.</param>
    /// <param name="IsMissed">It is sent, and not captured.</param>
    private sealed record Step(
        bool FromClient, TcpFlags Flags, int Length, int Cut, int Shift, int AckShift, ushort Window, bool Acknowledges,
        long Nanoseconds, bool IsKept, bool IsMissed);

    private sealed class NoListing : ITrackedSegmentSink
    {
        public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
        {
        }
    }
}
