using System.Text;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Findings;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Cli;

/// <summary>No line of a list is wider than the terminal.</summary>
public sealed class NarrowTerminalTests
{
    private static readonly byte[] Capture = Made("192.168.100.107", "192.168.100.100:8080");

    public static TheoryData<string, int> Lists
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (var verb in (string[])["conns", "exchanges", "pools", "packets", "findings"])
            {
                foreach (var width in (int[])[40, 60, 72, 80, 100, 109, 132])
                {
                    all.Add(verb, width);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_fits(string verb, int width)
    {
        foreach (var language in (string[])["en", "ko"])
        {
            string[] options = verb == "packets" ? [] : ["--table", "--lang", language];
            Assert.All(Run(width, [verb, "-", .. options]), line => Assert.InRange(GlyphWidth.Of(line), 0, width));
        }
    }

    /// <summary>How a connection was reused and how long it was idle says more than the end of a sentence.</summary>
    [Fact]
    public void A_sentence_is_cut_before_columns_go()
    {
        var titles = Run(Made("192.0.2.1", "192.0.2.2:80"), 80, "conns", "-")[0];
        Assert.Contains("reuse", titles, StringComparison.Ordinal);
        Assert.Contains("idle max", titles, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_of_day_tell_packets_apart() => Assert.Equal(
        Run(200, "packets", "-", "-t", "a").Count, Run(200, "packets", "-", "-t", "a").Select(line => line[8..41]).Distinct().Count());

    private static byte[] Made(string client, string server)
    {
        var scene = new Scene();
        scene.Talk(client, server).Handshake(0)
            .Exchange(0.4, takes: 0.01, line: "GET /a/target/that/is/longer/than/a/list/is/wide").Request(1002).Fin(Side.Server, 1002.02).Rst(Side.Server, 1002.04);
        scene.Talk(client, server).Handshake(2000)
            .Exchange(2001).Send(Side.Client, 2050, TcpFlags.Psh | TcpFlags.Ack, "GET / HTTP/1.1\r\n").Close(9000, Side.Server);
        return scene.Capture();
    }

    private static List<string> Run(int width, params string[] args) => Run(Capture, width, args);

    private static List<string> Run(byte[] capture, int width, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = Hwa.Run(args, new Terminal
        {
            Input = new MemoryStream(capture),
            Output = output,
            Error = error,
            OutputIsTerminal = true,
            Width = () => width,
            Variable = name => name == "NO_COLOR" ? "1" : null,
        });
        Assert.Equal((0, ""), (code, error.ToString()));
        return [.. Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n')];
    }
}
