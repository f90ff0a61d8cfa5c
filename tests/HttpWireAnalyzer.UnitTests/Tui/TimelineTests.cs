using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Views;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

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
            Assert.InRange(ColumnOfCursor(), 0, TimelineView.LaneWidth(_stale.Model) - 1);
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

    [Theory]
    [InlineData("a request and a FIN in one segment", "      ▶F  ", "6>F")]
    [InlineData("at the end, where there is no column behind", "        ▶F", "9>", "9F")]
    [InlineData("a connection in one column", "S▶F✖      ", "0S", "0>", "0.", "0F", "0X")]
    [InlineData("in the order of the packets", "     ▶!F  ", "5>", "5!", "5>", "5F")]
    [InlineData("acknowledgments make room", "    ▶F·   ", "4>", "4F", "5.", "6.")]
    [InlineData("requests beside it are seen already", "   ▶▶F▶   ", "3>", "4>", "5>", "5F", "6>")]
    [InlineData("on the left, too", "   !▶F▶   ", "5!", "5>", "5F", "6>")]
    [InlineData("what says most, without room", "   ▶F▶    ", "3>", "4!", "4F", "5>")]
    [InlineData("a FIN that is sent again is one", "     F    ", "5F", "5F")]
    public void Signs_of_one_column_stand_side_by_side(string what, string lane, params string[] packets)
    {
        const int Width = 10;
        var detail = Made([.. packets, "9 "]);
        var drawn = string.Concat(TimelineLayout.Lane(detail, Side.Client, Width).Select(mark => mark.Rank == 0 ? ' ' : mark.Sign));
        Assert.True(lane == drawn, $"{what}: '{drawn}'");
    }

    /// <summary>Packets of the client, each at a column of ten; the server's first and last ones make the scale.</summary>
    private static DetailState Made(IReadOnlyList<string> packets)
    {
        List<PacketDetail> details = [Packet(0, "", Side.Server, 0)];
        foreach (var (number, packet) in packets.Index())
        {
            details.Add(Packet(number + 1, packet[1..], packet[1] == ' ' ? Side.Server : Side.Client, packet[0] - '0'));
        }

        return new DetailState { Number = 0, Detail = new ConnectionDetail(0, null!, details, [], 0, 0) };
    }

    private static PacketDetail Packet(int number, string signs, Side sender, int column) => new()
    {
        Record = default(PacketRecord) with { Packet = new PacketRef(number + 1, new Timestamp(column * 1_000_000L)) },
        Octets = [],
        Sender = sender,
        Flags = (signs.Contains('S', StringComparison.Ordinal) ? TcpFlags.Syn : 0) | (signs.Contains('F', StringComparison.Ordinal) ? TcpFlags.Fin : 0)
            | (signs.Contains('X', StringComparison.Ordinal) ? TcpFlags.Rst : 0),
        PayloadLength = signs.Contains('>', StringComparison.Ordinal) || signs.Contains('!', StringComparison.Ordinal) ? 100 : 0,
        Tracked = signs.Contains('!', StringComparison.Ordinal) ? default(TrackedSegment) with { Diagnosis = new SegmentDiagnosis { Marks = SegmentMarks.Retransmission } } : default,
    };

    [Fact]
    public void The_last_answer_is_seen_beside_the_close()
    {
        using var poll = ScreenSession.Of("http/long-poll", width: 100);
        Assert.Matches("(?m)^ server +S.*◀F$", poll.Press("z").Draw());
    }

    [Fact]
    public void Its_signs_are_in_its_help()
    {
        var help = _stale.Press("z", "?", "G").Draw();
        Assert.Contains("▶F  ", help, StringComparison.Ordinal);
        Assert.DoesNotContain("CLOSE_WAIT", help, StringComparison.Ordinal);
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
        TimelineLayout.Column(Detail, TimelineLayout.TimeOf(Detail, Detail.Packet!), TimelineView.LaneWidth(_stale.Model));
}
