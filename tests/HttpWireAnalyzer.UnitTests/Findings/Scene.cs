using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire.Tcp;
using Told = HttpWireAnalyzer.Analysis.Stories.Story;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>A capture made in the test, and what the rules say of it: the whole line runs, from octets to findings.</summary>
internal sealed class Scene
{
    private readonly List<(double At, byte[] Frame)> _packets = [];
    private int _ports = 51514;
    private uint _initial = 1000;

    /// <summary>What else is known of the capture, as a file or a live source would tell.</summary>
    public Func<CaptureTotals, CaptureTotals> Totals { get; init; } = totals => totals;

    /// <summary>Octets kept of each packet.</summary>
    public int SnapLength { get; init; } = int.MaxValue;

    /// <summary>Packets stay in the order in which they were told.</summary>
    public bool IsUnsorted { get; init; }

    /// <summary>Milliseconds after which the tap shows each packet again; 0 where it does not.</summary>
    public double DoubledAfter { get; init; }

    /// <summary>A connection from a fresh port of <paramref name="client"/>.</summary>
    public Talk Talk(string client = "10.0.0.7", string server = "10.0.0.1:8080", int port = 0) => new(
        this, FrameBuilder.EndpointOf($"{client}:{(port > 0 ? port : _ports++)}"), FrameBuilder.EndpointOf(server), (_initial += 10_000) - 10_000);

    /// <summary>The server's FIN, at 5 s, never reaches the client, which sends a request 100 s later; a RST answers it.</summary>
    public static Scene WithLostFin()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(1);
        var before = talk.Next(Side.Server);
        talk.Fin(Side.Server, 5002).Send(
            Side.Client, 105_002, TcpFlags.Ack | TcpFlags.Psh, "GET /a HTTP/1.1\r\nHost: app\r\n\r\n", acknowledges: before);
        talk.Rst(Side.Server, 105_003, TcpFlags.Rst);
        return scene;
    }

    public void Add(double milliseconds, byte[] frame)
    {
        _packets.Add((milliseconds, frame));
        if (DoubledAfter > 0)
        {
            _packets.Add((milliseconds + DoubledAfter, frame));
        }
    }

    /// <summary>A pcap file with nanoseconds, packets in order of their times; of equal ones, as told.</summary>
    public byte[] Capture()
    {
        var file = new PcapBytes(PcapBytes.Nanoseconds);
        var packets = IsUnsorted ? _packets : [.. _packets.OrderBy(packet => packet.At)];
        foreach (var (at, frame) in packets)
        {
            var nanoseconds = (long)Math.Round(at * 1_000_000);
            file.Packet((uint)(1_700_000_000 + (nanoseconds / 1_000_000_000)), (uint)(nanoseconds % 1_000_000_000),
                frame.AsSpan(0, int.Min(frame.Length, SnapLength)), (uint)frame.Length);
        }

        return file.ToArray();
    }

    /// <param name="rules">All of them where none are named.</param>
    public FindingReport Report(RuleSettings? settings = null, FindingLimits? limits = null, IReadOnlyList<Rule>? rules = null)
    {
        var line = new FindingsLine(rules ?? RuleBook.Begin(settings ?? RuleSettings.Usual), limits ?? FindingLimits.Default);
        var pools = new PoolAccount(line);
        using var source = CaptureFile.Open(
            [CaptureFile.StandardInputName], new CaptureFileOptions { StandardInput = new MemoryStream(Capture()) });
        var totals = AnalysisPipeline.Run(source, pools, new AnalysisOptions(), AnalysisTaps.None, CancellationToken.None);
        return line.Conclude(Totals(totals), pools.Report());
    }

    /// <summary>How the clients of the scene use their connections.</summary>
    public PoolReport Pools()
    {
        var pools = new PoolAccount(new ConnectionRecords(new StoryCollector(0, new AckHistory(0))));
        using var source = CaptureFile.Open(
            [CaptureFile.StandardInputName], new CaptureFileOptions { StandardInput = new MemoryStream(Capture()) });
        AnalysisPipeline.Run(source, pools, new AnalysisOptions(), AnalysisTaps.None, CancellationToken.None);
        return pools.Report();
    }

    /// <summary>The story of one connection, for a person, without findings.</summary>
    public string Story(int number = 0)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new StoryText(output, TextStyle.Plain, 10_000, Language.English).Write(Tell(number), []);
        return output.ToString();
    }

    public ConnectionRecord Record(int number = 0) => Tell(number).Connection;

    private Told Tell(int number)
    {
        var acknowledgments = new AckHistory(number);
        var collector = new StoryCollector(number, acknowledgments);
        using var source = CaptureFile.Open(
            [CaptureFile.StandardInputName], new CaptureFileOptions { StandardInput = new MemoryStream(Capture()) });
        AnalysisPipeline.Run(
            source, new PoolAccount(new ExchangeTee(collector, new ConnectionRecords(collector))), new AnalysisOptions(),
            new AnalysisTaps(Packets: acknowledgments), CancellationToken.None);
        return collector.Story!;
    }

    /// <summary>What one rule says; the texts of all findings are tried on the way.</summary>
    public IReadOnlyList<Finding> Findings(string id, RuleSettings? settings = null)
    {
        var report = Report(settings);
        Assert.All(report.Findings, TextsAreWhole);
        return [.. report.Findings.Where(finding => finding.Rule.Id == id)];
    }

    /// <summary>The only one of that rule.</summary>
    public Finding Finding(string id) => Assert.Single(Findings(id));

    /// <summary>That rule has nothing to say.</summary>
    public void IsQuietOn(string id) => Assert.Empty(Findings(id));

    /// <summary>Every name in braces is a measure, in both languages, and there is evidence in capture order.</summary>
    private static void TextsAreWhole(Finding finding)
    {
        Assert.NotEmpty(finding.Frames);
        Assert.Equal(finding.Frames.OrderBy(packet => packet.Number), finding.Frames);
        Phrase[] phrases = [finding.Says, .. finding.Advice];
        foreach (var phrase in phrases)
        {
            Assert.DoesNotContain('{', PhraseText.Of(phrase, finding.Measured, Language.English));
            Assert.DoesNotContain('{', PhraseText.Of(phrase, finding.Measured, Language.Korean));
        }
    }
}
