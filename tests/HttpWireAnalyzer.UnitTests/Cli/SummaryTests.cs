using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.UnitTests.Checks;
using HttpWireAnalyzer.UnitTests.Findings;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Cli;

public sealed class SummaryTests
{
    /// <summary>Captures of which no two have the same things wrong.</summary>
    private static readonly string[] Troubled = ["http/dumb-proxy-chain", "tcp/close-wait-leak", "tcp/full-close-reset"];

    [Fact]
    public void Gateway_errors_are_told_in_one_line()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0);
        foreach (var (at, status) in (ReadOnlySpan<(int, int)>)[(1, 502), (3, 504), (5, 500), (7, 502)])
        {
            talk.Request(at).Response(at + 1, status);
        }

        Assert.Contains("3 gateway errors (502 × 2, 504 × 1)\n", Summary(scene), StringComparison.Ordinal);
        Assert.Contains("게이트웨이 오류(502 × 2, 504 × 1) 3개\n", Summary(scene, "--lang", "ko"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_response_that_was_cut_off_may_be_the_slowest()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, takes: 5).Request(10, "GET /half")
            .Send(Side.Server, 20, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n").Send(Side.Server, 50, TcpFlags.Ack, "hal").Close(60, Side.Server);
        var lines = Summary(scene).Split('\n');
        var first = Array.FindIndex(lines, line => line.StartsWith("  slowest", StringComparison.Ordinal));
        Assert.Contains("40.0 ms    GET /half → 200, cut off  conn 0", lines[first], StringComparison.Ordinal);
        Assert.Contains("5.0 ms     GET /cart → 200  conn 0", lines[first + 1], StringComparison.Ordinal);
    }

    /// <summary>Five rules are told, and how many there are beside them.</summary>
    [Fact]
    public void Findings_beyond_those_that_are_told_are_counted()
    {
        using var folder = new CheckFolder();
        string[] captures = [.. Troubled.Select(Repository.CaptureOf)];
        var rules = folder.Run(["findings", "-Y", "finding.severity >= note", "-e", "finding.id,finding.severity", .. captures]).Output
            .TrimEnd('\n').Split('\n').Skip(1).Distinct().Count();
        Assert.InRange(rules, 6, 99);
        Assert.Contains($"and {rules - 5} more: hwa findings\n", folder.Run(["summary", .. captures]).Output, StringComparison.Ordinal);
    }

    private static string Summary(Scene scene, params string[] options)
    {
        using var folder = new CheckFolder();
        var (code, output, error) = folder.Run(scene.Capture(), ["summary", "-", .. options]);
        Assert.Equal((0, ""), (code, error));
        return output;
    }
}
