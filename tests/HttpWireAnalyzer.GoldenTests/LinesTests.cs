using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>Several lines side by side say what one line says, octet for octet.</summary>
public sealed class LinesTests
{
    /// <summary>All captures as one timeline: connections that overlap, ticks, closings at the end.</summary>
    private static string[] Library => [.. Repository.Cases.Select(Repository.CaptureOf)];

    [Fact]
    public void Any_number_of_threads_says_the_same_of_the_library()
    {
        var alone = Say(Library, threads: 1, batch: PacketBatch.Capacity);
        foreach (var threads in (int[])[2, 3, 8])
        {
            Assert.Equal(alone, Say(Library, threads, batch: PacketBatch.Capacity));

            // Batches of three packets: hundreds of stretches.
            Assert.Equal(alone, Say(Library, threads, batch: 3));
        }
    }

    [Fact]
    public void Any_number_of_threads_says_the_same_of_captures_of_other_projects()
    {
        foreach (var file in Repository.Corpus.Where(file => new FileInfo(file).Length <= 1_000_000))
        {
            Assert.True(Say([file], 1, PacketBatch.Capacity) == Say([file], 3, 5), Path.GetFileName(file));
        }
    }

    /// <summary>Of two threads, the one that reads decodes as soon as the other has enough to do.</summary>
    [Fact]
    public void A_line_that_is_slow_says_the_same_of_what_was_decoded_for_it() =>
        Assert.Equal(
            Say(Library, threads: 1, batch: 3), Say(Library, threads: 2, batch: 3, beforeEach: TimeSpan.FromMilliseconds(2)));

    [Fact]
    public void A_sink_that_fails_fails_on_the_caller_s_thread()
    {
        using var source = CaptureFile.Open(Library, new CaptureFileOptions());
        Assert.Throws<IOException>(() => AnalysisPipeline.Run(
            source, new ConnectionRecords(new FullDisk()), new AnalysisOptions { Threads = 2 }, AnalysisTaps.None, default));
    }

    private static string Say(string[] files, int threads, int batch, TimeSpan beforeEach = default)
    {
        try
        {
            using var source = new SmallBatches(CaptureFile.Open(files, new CaptureFileOptions()), batch);
            using var output = new MemoryStream();
            var json = new JsonLines(output);
            var totals = AnalysisPipeline.Run(
                source,
                new ConnectionRecords(new Slow(new JsonReport(json, connections: true, exchanges: true), beforeEach)),
                new AnalysisOptions { Threads = threads },
                AnalysisTaps.None,
                default);
            JsonReport.WriteTotals(json, totals);
            return System.Text.Encoding.UTF8.GetString(output.ToArray());
        }
        catch (CaptureFormatException error)
        {
            return error.Message;
        }
    }

    /// <summary>Waits before each connection that it passes on.</summary>
    private sealed class Slow(IConnectionSink next, TimeSpan wait) : IConnectionSink
    {
        public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) =>
            next.OnExchange(exchange, ends, timing);

        public void OnConnection(ConnectionRecord connection)
        {
            Thread.Sleep(wait);
            next.OnConnection(connection);
        }
    }

    private sealed class FullDisk : IConnectionSink
    {
        public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing) => throw new IOException("disk full");

        public void OnConnection(ConnectionRecord connection) => throw new IOException("disk full");
    }

    /// <summary>Gives a source's packets on in batches of so many.</summary>
    private sealed class SmallBatches(IPacketSource whole, int size) : IPacketSource
    {
        private readonly PacketBatch _from = new();
        private int _next;

        public IReadOnlyList<CaptureInterface> Interfaces => whole.Interfaces;

        public IReadOnlyList<CaptureRemark> Remarks => whole.Remarks;

        public bool Read(PacketBatch batch)
        {
            if (_next == _from.Count)
            {
                _next = 0;
                if (!whole.Read(_from))
                {
                    return false;
                }
            }

            batch.Begin(_from.Buffer);
            for (var i = 0; i < size && _next < _from.Count; i++)
            {
                batch.Add(_from[_next++]);
            }

            return true;
        }

        public void Dispose() => whole.Dispose();
    }
}
