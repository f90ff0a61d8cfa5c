using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.UnitTests.Checks;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>What there is to be seen has room, whatever the screen.</summary>
public sealed class RoomTests
{
    /// <summary>Octets that are escaped take four columns each.</summary>
    [Theory]
    [InlineData("http2/goaway-race", 100)]
    [InlineData("http2/goaway-race", 40)]
    [InlineData("http/chunked-with-trailers", 40)]
    public void A_stream_is_broken_and_never_cut(string capture, int width)
    {
        using var session = ScreenSession.Of(capture, width, 30);
        var stream = session.Press("x").Model.Detail!.Stream!;
        var lines = Enumerable.Range(0, stream.Count).ToList();
        Assert.All(lines, line => Assert.InRange(stream[line].Sum(run => Sheet.WidthOf(run.Text)), 0, width));

        // Nothing is missing between two lines but the end of one.
        Assert.All(lines.Skip(1).Where(line => stream.HeadOf(line) < line - 1), line => Assert.InRange(
            stream.PlaceAt(line).At - stream.PlaceAt(line - 1).End, 0, 2));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(119)]
    [InlineData(120)]
    public void The_tree_of_a_packet_has_room_beside_its_octets(int width)
    {
        using var session = ScreenSession.Of("http/stale-reuse-post", width, 40);
        var screen = session.Press("7").Draw();
        Assert.Contains("IPv4 192.0.2.1 → 192.0.2.2", screen, StringComparison.Ordinal);
        Assert.Contains("  0000  ", screen, StringComparison.Ordinal);
        Assert.All(screen.Split('\n').Where(line => line.Contains("  0000  ", StringComparison.Ordinal)), line => Assert.DoesNotContain('…', line));
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(90_000_000, true)]
    public void A_time_of_day_has_its_day_where_there_are_several(double later, bool isTold)
    {
        using var folder = new CheckFolder();
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(5, Side.Client);
        scene.Talk().Handshake(later).Exchange(later + 1).Close(later + 5);
        folder.Write("scene.pcap", scene.Capture());
        using var session = ScreenSession.OfFile(folder["scene.pcap"]);
        Assert.Equal(isTold, session.Press("c").Draw().Contains("11-14 22:13:20.000", StringComparison.Ordinal));
        Assert.Equal(isTold, session.Press("4").Draw().Contains("11-14 22:13:20.000", StringComparison.Ordinal));
    }
}
