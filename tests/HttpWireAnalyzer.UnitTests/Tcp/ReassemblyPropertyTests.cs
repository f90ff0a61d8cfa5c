using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Tcp;
using static HttpWireAnalyzer.TestBuilders.Tcp.Playbook;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>
/// The reassembler against a bitmap of the octets that were captured (smoltcp src/storage/assembler.rs, test_random).
/// </summary>
public sealed class ReassemblyPropertyTests
{
    private const int Length = 64;

    /// <summary>Every octet can be told from its neighbours.</summary>
    private static readonly string Stream = Encoding.Latin1.GetString([.. Enumerable.Range(0, Length).Select(i => (byte)(i + 33))]);

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(60);

    [Fact]
    public void Any_order_overlap_and_repetition_gives_the_same_octets_once() =>
        Prop.ForAll(Arb.From(AnyScenario()), scenario =>
        {
            var cover = new bool[Length];
            var play = Begin(scenario.InitialSequence);
            foreach (var piece in scenario.Pieces.Append(new Piece(0, Length)))
            {
                Send(play, piece, cover);
            }

            var story = play.Server(FinAck).Finish();
            Promises.Check(story);
            Assert.Equal(Stream, story.TextOf(Side.Server));
            Assert.Empty(story.Gaps);
            Assert.Equal(0, story.Summary.ServerEnd.Counters.OverlapConflicts);
        }).Check(Many);

    [Fact]
    public void Octets_that_never_come_are_gaps_and_nothing_else_is() =>
        Prop.ForAll(Arb.From(AnyScenario()), scenario =>
        {
            var cover = new bool[Length];
            var play = Begin(scenario.InitialSequence);
            foreach (var piece in scenario.Pieces)
            {
                Send(play, piece, cover);
            }

            var story = play.Server(FinAck, seq: Length).Finish();
            Promises.Check(story);
            CheckAgainst(cover, story);
            Assert.All(story.Gaps, gap => Assert.Equal(GapCause.Ended, gap.Cause));
        }).Check(Many);

    [Fact]
    public void Acknowledgments_on_the_way_lose_no_octet_from_the_counts() =>
        Prop.ForAll(Arb.From(AnyScenario()), scenario =>
        {
            var cover = new bool[Length];
            var play = Begin(scenario.InitialSequence);
            foreach (var piece in scenario.Pieces)
            {
                Send(play, piece, cover);
                play.Client(Ack, ack: piece.Start + piece.Count);
            }

            // Holes are given up on the way: what comes for them then is late, and still counted once.
            CheckCounts(cover, play.Server(FinAck, seq: Length).Finish());
        }).Check(Many);

    [Fact]
    public void Damaged_segments_come_to_an_end_and_lose_no_octet_from_the_counts() =>
        Prop.ForAll(Arb.From(AnyScenario()), Arb.From(Gen.Choose(0, 7)), (scenario, kind) =>
        {
            var cover = new bool[Length];
            var play = Begin(scenario.InitialSequence);
            foreach (var piece in scenario.Pieces)
            {
                var isDamaged = ((piece.Start + piece.Count) & 3) <= (kind & 3);
                play = isDamaged ? play.Damaged(line => Send(line, piece, cover)) : Send(play, piece, cover);
                if (kind > 3 && (piece.Start & 1) == 0)
                {
                    play.Client(Ack, ack: piece.Start + piece.Count);
                }
            }

            CheckCounts(cover, play.Server(FinAck, seq: Length).Finish());
        }).Check(Many);

    [Fact]
    public void Cut_segments_are_gaps_where_they_were_cut() =>
        Prop.ForAll(Arb.From(AnyScenario()), Arb.From(Gen.Choose(0, 8)), (scenario, kept) =>
        {
            var play = Begin(scenario.InitialSequence);
            foreach (var piece in scenario.Pieces)
            {
                play.Server(Ack, Stream.Substring(piece.Start, Math.Min(kept, piece.Count)), piece.Start,
                    wireLength: piece.Count);
            }

            var story = play.Server(FinAck, seq: Length).Finish();
            Promises.Check(story);
            Assert.Equal(Length, story.Summary.ServerEnd.Counters.Delivered + story.Summary.ServerEnd.Counters.Gap);
            Assert.All(story.Chunks, chunk =>
                Assert.Equal(Stream.Substring((int)chunk.Offset, chunk.Octets.Length), Encoding.Latin1.GetString(chunk.Octets)));
        }).Check(Many);

    private static void CheckCounts(bool[] cover, StreamStory story)
    {
        Promises.Check(story);
        var counters = story.Summary.ServerEnd.Counters;
        Assert.Equal(cover.Count(octet => octet), counters.Delivered + counters.Late);
        Assert.Equal(Length, counters.Delivered + counters.Gap);
    }

    private static void CheckAgainst(bool[] cover, StreamStory story)
    {
        var delivered = new char[Length];
        foreach (var chunk in story.Chunks)
        {
            Encoding.Latin1.GetString(chunk.Octets).CopyTo(0, delivered, (int)chunk.Offset, chunk.Octets.Length);
        }

        for (var i = 0; i < Length; i++)
        {
            Assert.Equal(cover[i] ? Stream[i] : '\0', delivered[i]);
            Assert.Equal(!cover[i], story.Gaps.Any(gap => i >= gap.Offset && i < gap.Offset + gap.Length));
        }
    }

    private static Playbook Begin(uint initialSequence) =>
        Start().WithInitialSequences(1_000, initialSequence).Client(Syn).Server(SynAck).Client(Ack);

    private static Playbook Send(Playbook play, Piece piece, bool[] cover)
    {
        cover.AsSpan(piece.Start, piece.Count).Fill(true);
        return play.Server(Ack, Stream.Substring(piece.Start, piece.Count), piece.Start);
    }

    private static Gen<Scenario> AnyScenario() =>
        from initialSequence in Gen.Elements(5_000u, 0xFFFF_FFFFu, 0xFFFF_FFE0u, 0xFFFF_FFF9u, 0x7FFF_FFF0u)
        from pieces in Gen.ListOf(
            from start in Gen.Choose(0, Length - 1)
            from count in Gen.Choose(1, 16)
            select new Piece(start, Math.Min(count, Length - start)))
        select new Scenario(initialSequence, pieces);

    internal sealed record Scenario(uint InitialSequence, IReadOnlyList<Piece> Pieces);

    internal sealed record Piece(int Start, int Count);
}
