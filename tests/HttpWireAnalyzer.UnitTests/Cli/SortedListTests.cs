using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Checks;
using HttpWireAnalyzer.UnitTests.Findings;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Cli;

/// <summary>--sort changes the order of a list, and nothing else of it.</summary>
public sealed class SortedListTests
{
    private static readonly byte[] Capture = Made().Capture();

    [Theory]
    [InlineData("conn.requests", "conns")]
    [InlineData("exchange.start", "exchanges")]
    [InlineData("pool.exchanges", "pools")]
    [InlineData("port.opened", "ports")]
    [InlineData("tcp.len", "packets")]
    [InlineData("finding.id", "findings", "--all")]
    public void A_list_for_people_stays_one(string field, string verb, params string[] options)
    {
        using var folder = new CheckFolder();
        var scene = Made();
        scene.Talk(server: "10.0.0.1:82").Send(Side.Client, 50, TcpFlags.Syn, "").Rst(Side.Server, 50.2);
        var capture = scene.Capture();
        var shown = verb == "findings" ? options : ["--table"];
        string[] Lines(params string[] more)
        {
            var (code, output, error) = folder.Run(capture, [verb, "-", .. shown, .. more]);
            Assert.Equal((0, ""), (code, error));
            return output.TrimEnd('\n').Split('\n');
        }

        var asListed = Lines();
        foreach (var sort in (string[])[field, "-" + field])
        {
            var sorted = Lines("--sort", sort);
            Assert.Equal(asListed.Order(StringComparer.Ordinal), sorted.Order(StringComparer.Ordinal));
        }

        Assert.NotEqual(Lines("--sort", field), Lines("--sort", "-" + field));
    }

    /// <summary>By a field that has no column.</summary>
    [Fact]
    public void It_is_in_the_order_of_the_field()
    {
        using var folder = new CheckFolder();
        var rows = folder.Run(Capture, "conns", "-", "--table", "--sort", "-conn.start").Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith("#", rows[0], StringComparison.Ordinal);
        Assert.Equal(["2", "1", "0"], rows.Skip(1).Select(row => row.TrimStart()[..1]));
        rows = folder.Run(Capture, "exchanges", "-", "--table", "--sort", "http.request.target").Output.TrimEnd('\n').Split('\n');
        Assert.Equal(["/a", "/b", "/b", "/c", "/c", "/c"], rows.Skip(1).Select(row => row[row.IndexOf('/', StringComparison.Ordinal)..][..2]));
    }

    [Fact]
    public void A_field_that_is_none_is_told()
    {
        using var folder = new CheckFolder();
        var (code, _, error) = folder.Run(Capture, "conns", "-", "--table", "--sort", "conn.request");
        Assert.Equal(2, code);
        Assert.Contains("no such field: conn.request. Did you mean 'conn.requests'?", error, StringComparison.Ordinal);
    }

    private static Scene Made()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, line: "GET /a").Close(5);
        var talk = scene.Talk().Handshake(10);
        for (var i = 0; i < 3; i++)
        {
            talk.Exchange(11 + (2 * i), line: "GET /c");
        }

        talk.Close(20);
        scene.Talk(server: "10.0.0.9:81").Handshake(30).Exchange(31, line: "GET /b").Exchange(33, line: "GET /b").Close(40);
        return scene;
    }
}
