using System.Text;
using HttpWireAnalyzer.UnitTests.Checks;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>Text beyond ASCII on the screen: as the command line tells it, and a filter that is made of it finds it.</summary>
public sealed class WireTextTests : IDisposable
{
    /// <summary>A filter reads the capture again.</summary>
    private readonly CheckFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/café/안", "/café/안")]
    [InlineData("/a\"b\\c", "/a\"b\\\\c")]
    [InlineData("/\u202egpj", @"/\u202egpj")]
    public void A_target_is_shown_and_found(string target, string shown)
    {
        using var session = Of(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(target)));
        Assert.Contains(shown, session.Press("3").Draw(), StringComparison.Ordinal);
        session.Press("l", "l", "l", "l", "l", "l", "f", "=");
        Assert.StartsWith("http.request.target == ", session.Model.List!.Filter, StringComparison.Ordinal);
        Assert.Equal(1, session.Model.RowsOf(session.Model.List!));
        Assert.Contains(shown, session.Press("2", "x").Draw(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', session.Draw());
    }

    [Fact]
    public void Octets_that_are_no_utf_8_are_found_by_their_numbers()
    {
        using var session = Of("/caf\u00e9");
        Assert.Contains(@"/caf\xe9 ", session.Press("3").Draw(), StringComparison.Ordinal);
        session.Press("l", "l", "l", "l", "l", "l", "f", "=");
        Assert.Equal((@"http.request.target == ""/caf\xe9""", 1), (session.Model.List!.Filter, session.Model.RowsOf(session.Model.List!)));
    }

    private ScreenSession Of(string target)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1, line: "GET " + target).Exchange(4, line: "GET /other").Close(8);
        _folder.Write("scene.pcap", scene.Capture());
        return ScreenSession.OfFile(_folder["scene.pcap"]);
    }
}
