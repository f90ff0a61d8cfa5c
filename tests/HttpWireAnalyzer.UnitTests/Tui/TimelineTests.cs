using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Views;

namespace HttpWireAnalyzer.UnitTests.Tui;

public sealed class TimelineTests : IDisposable
{
    private readonly ScreenSession _stale = ScreenSession.Of("http/stale-reuse-post");

    private DetailState Detail => _stale.Model.Detail!;

    public void Dispose() => _stale.Dispose();

    [Fact]
    public void Zooming_halves_the_time_and_keeps_the_packet_where_it_is()
    {
        _stale.Press("z", "e");
        var (whole, before) = (TimelineLayout.Whole(Detail), ColumnOfCursor());
        Assert.Equal(whole, TimelineLayout.Span(Detail));
        _stale.Press("z", "z");
        Assert.Equal(whole / 4, TimelineLayout.Span(Detail));
        Assert.InRange(ColumnOfCursor(), before - 1, before + 1);
        _stale.Press("Z", "Z");
        Assert.Equal((whole, 0), (TimelineLayout.Span(Detail), Detail.Window.From));
        Assert.NotNull(_stale.Press("Z").Model.Notice);
    }

    [Fact]
    public void It_ends_where_no_tap_tells_times_apart_and_the_cursor_stays_in_sight()
    {
        _stale.Press("z");
        for (var press = 0; press < 40; press++)
        {
            _stale.Press("z");
        }

        Assert.NotNull(_stale.Model.Notice);
        Assert.InRange(TimelineLayout.Span(Detail), 10_000, 20_000);
        for (var packet = 0; packet < Detail.Detail!.Packets.Count; packet++)
        {
            Assert.InRange(ColumnOfCursor(), 0, TimelineView.LaneWidth(80) - 1);
            _stale.Press("l");
        }
    }

    [Fact]
    public void Every_turn_is_whose_it_was()
    {
        using var race = ScreenSession.Of("http/close-race-unread-post");
        race.Press("z");
        var waits = TimelineLayout.Waits(race.Model.Detail!, 100, race.Model.Wording);
        Assert.Equal(["idle", "server"], waits.Select(wait => wait.Name));
        Assert.Equal([500, 99], waits.Select(wait => wait.Nanoseconds / 1_000_000));

        // Where one turn ends and the next begins is one sign for both.
        Assert.Matches("├─+ idle [^├┤]+┼[^├┤]+┤", race.Draw());
    }

    [Fact]
    public void What_waits_for_a_window_is_not_the_turn_of_who_waits()
    {
        using var full = ScreenSession.Of("tcp/zero-window");
        full.Press("z");
        var waits = TimelineLayout.Waits(full.Model.Detail!, 1000, full.Model.Wording);
        Assert.Equal("window closed", waits.MaxBy(wait => wait.Nanoseconds).Name);
    }

    [Fact]
    public void A_column_shows_what_says_most()
    {
        _stale.Press("z");
        var server = TimelineLayout.Lane(Detail, Side.Server, 1000);
        Assert.Equal(['S', 'F', '✖'], server.Where(mark => mark.Rank > 0).Select(mark => mark.Sign));
    }

    [Fact]
    public void A_click_goes_to_the_nearest_packet()
    {
        _stale.Press("z");
        _stale.Send(new MouseUsed(78, 3, 0));
        Assert.Equal(Detail.Detail!.Packets.Count - 1, Detail.PacketCursor);
        _stale.Send(new MouseUsed(9, 3, 0));
        Assert.Equal(0, Detail.PacketCursor);
    }

    [Fact]
    public void It_leads_to_the_packet_and_back()
    {
        _stale.Press("Enter", "e", "z");
        Assert.Equal(8, Detail.Packet!.Packet.Number);
        _stale.Press("Enter");
        Assert.Equal((ViewKind.Packets, 8), (_stale.Model.View, Detail.Packet!.Packet.Number));
        Assert.Equal(ViewKind.Timeline, _stale.Press("q").Model.View);
        Assert.Equal(ViewKind.Connections, _stale.Press("q", "q").Model.View);
    }

    private int ColumnOfCursor() =>
        TimelineLayout.Column(Detail, TimelineLayout.TimeOf(Detail, Detail.Packet!), TimelineView.LaneWidth(80));
}
