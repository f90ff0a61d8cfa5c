using System.Text;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Checks;
using HttpWireAnalyzer.UnitTests.Findings;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Cli;

/// <summary>Text beyond ASCII is told in one way, whoever tells it.</summary>
public sealed class WireTextTests
{
    private static readonly byte[] Capture = Of("/café/안?x=\u202e");

    [Theory]
    [InlineData("exchanges", "--table")]
    [InlineData("exchanges", "-e", "http.request.target")]
    [InlineData("story", "0")]
    [InlineData("follow", "0")]
    [InlineData("summary")]
    public void Utf_8_is_shown_as_what_it_says(string verb, params string[] args)
    {
        using var folder = new CheckFolder();
        var (code, output, _) = folder.Run(Capture, [verb, "-", .. args]);
        Assert.Equal(0, code);
        Assert.Contains(@"/café/안?x=\u202e", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', output);
    }

    [Fact]
    public void Json_has_it_too()
    {
        using var folder = new CheckFolder();
        var output = folder.Run(Capture, "exchanges", "-", "--json").Output;
        Assert.Contains("\"http.request.target\":\"/café/안?x=\uFFFD\"", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http.request.target contains \"café\"", 1)]
    [InlineData("http.request.target contains \"caf\\xc3\\xa9/안\"", 1)]
    [InlineData("http.request.target matches \"caf./.[?]x\"", 1)]
    [InlineData("http.request.target[4:1] == \"é\"", 1)]
    [InlineData("http.request.target contains \"\\xe9\"", 0)]
    public void A_filter_asks_for_what_is_shown(string filter, int expected)
    {
        using var folder = new CheckFolder();
        var output = folder.Run(Capture, "exchanges", "-", "-Y", filter, "-e", "http.response.status_code").Output;
        Assert.Equal(expected, output.TrimEnd('\n').Split('\n').Length - 1);
    }

    [Fact]
    public void Octets_that_are_no_utf_8_are_escaped_and_found_by_their_number()
    {
        using var folder = new CheckFolder();
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, line: "GET /caf\u00e9\u009b").Close(3);
        var capture = scene.Capture();
        Assert.Contains(@"/caf\xe9\x9b", folder.Run(capture, "exchanges", "-", "--table", "-Y", "http.request.target contains \"f\\xe9\"").Output, StringComparison.Ordinal);
        Assert.Contains(@"GET /caf\xe9\x9b HTTP/1.1", folder.Run(capture, "follow", "-", "0").Output, StringComparison.Ordinal);
        Assert.Contains("\"/café\\u009B\"", folder.Run(capture, "exchanges", "-", "--json").Output, StringComparison.Ordinal);
    }

    /// <summary>A line that is too long to hold goes out in parts, and none is cut through a letter.</summary>
    [Fact]
    public void A_long_line_is_not_cut_through_a_letter()
    {
        using var folder = new CheckFolder();
        var body = Octets("x" + string.Concat(Enumerable.Repeat("안", 900)));
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(1);
        talk.Send(Side.Server, 2, TcpFlags.Ack, $"HTTP/1.1 200 OK\r\nContent-Length: {4 * body.Length}\r\n\r\n");
        for (var part = 0; part < 4; part++)
        {
            talk.Send(Side.Server, 3 + part, TcpFlags.Ack, body).Ack(Side.Client, 3.5 + part);
        }

        var output = folder.Run(scene.Capture(), "follow", "-", "0").Output;
        Assert.DoesNotContain(@"\x", output, StringComparison.Ordinal);
        Assert.Equal(3600, output.Count(letter => letter == '안'));
    }

    private static byte[] Of(string target)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, line: "GET " + Octets(target)).Close(3);
        return scene.Capture();
    }

    private static string Octets(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
