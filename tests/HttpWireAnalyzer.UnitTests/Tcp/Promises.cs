using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Tcp;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>What holds of every story that tracking tells, whatever the segments were.</summary>
internal static class Promises
{
    public static void Check(StreamStory story)
    {
        Assert.Equal(
            story.Openings.Select(opening => opening.Connection.Number),
            story.Summaries.Select(summary => summary.Connection.Number).Order());
        Assert.Equal(Enumerable.Range(0, story.Openings.Count), story.Openings.Select(opening => opening.Connection.Number));
        foreach (var summary in story.Summaries)
        {
            CheckStream(story, summary, Side.Client);
            CheckStream(story, summary, Side.Server);
        }
    }

    private static void CheckStream(StreamStory story, TcpSummary summary, Side side)
    {
        var number = summary.Connection.Number;
        var counters = summary.EndOf(summary.Swapped ? side.Other() : side).Counters;
        Assert.Single(story.Ends, end => end.Connection.Number == number && end.Sender == side);
        Assert.Equal(
            counters.Octets,
            counters.Delivered + counters.Duplicate + counters.Late + counters.Cut + counters.AfterEnd);
        Assert.True(counters.Duplicate >= 0 && counters.Late >= 0 && counters.AfterEnd >= 0 && counters.Gap >= counters.Cut);

        long next = 0;
        foreach (var (_, _, offset, length) in story.Pieces.Where(piece => piece.Connection == number && piece.Sender == side))
        {
            Assert.True(length > 0);
            Assert.True(offset == next || IsTakenBack(story, number, side, next, offset), "Pieces are not contiguous.");
            next = offset + length;
        }

        var counted = counters.Delivered + counters.Gap;
        Assert.True(counted == next || counted == next - 1, "Stream length is not what was handed on and given up.");
    }

    // The octet behind a trailing gap that turned out to be the FIN (Reassembler.TryTakeBackFin).
    private static bool IsTakenBack(StreamStory story, int number, Side side, long next, long offset) =>
        offset == next - 1
        && story.Gaps.Any(gap => gap.Connection.Number == number && gap.Sender == side && gap.Offset + gap.Length == next);
}
