using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Slicing;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Capture;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Reads the capture again for one connection, up to where its story is told.</summary>
internal static class DetailReading
{
    /// <summary>Null where the capture, as far as it can be read now, has no such connection.</summary>
    /// <exception cref="CaptureFormatException">It cannot be read again.</exception>
    public static ConnectionDetail? Of(ICaptureInput input, int number, IMailbox mailbox, CancellationToken stop)
    {
        using var source = input.Reopen(keepsExtras: false);
        using var told = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var window = new FrameWindow(source);
        var acknowledgments = new AckHistory(number);
        var story = new StoryCollector(number, acknowledgments);
        var detail = new DetailCollector(number, window);
        AnalysisPipeline.Run(
            window,
            new PoolAccount(new ExchangeTee(story, new ConnectionRecords(story))),
            input.Options with { Threads = 1 },
            new AnalysisTaps(detail, new PacketTee(acknowledgments, detail), new Watch(story, told, source as IReadProgress, mailbox, number)),
            told.Token);
        return story.Story is null || stop.IsCancellationRequested ? null : new ConnectionDetail(
            number, story.Story, detail.Packets, detail.Pieces, detail.PacketsLeftOut, detail.OctetsLeftOut);
    }

    /// <summary>Ends the reading when the story is there.</summary>
    private sealed class Watch(
        StoryCollector story, CancellationTokenSource told, IReadProgress? read, IMailbox mailbox, int number) : IAnalysisProgress
    {
        private const int Steps = 50;

        private int _posted;

        public void OnProgress(long packets, long octets)
        {
            if (story.Story is not null)
            {
                told.Cancel();
            }
            else if (read is { OctetsInAll: > 0 and var all } && (int)(read.OctetsRead * Steps / all) is var step && step > _posted)
            {
                _posted = step;
                mailbox.Post(new DetailAdvanced(number, (double)step / Steps));
            }
        }
    }
}
