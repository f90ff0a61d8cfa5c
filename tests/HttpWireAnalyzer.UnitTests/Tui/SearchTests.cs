using System.Text;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Searching;
using HttpWireAnalyzer.Tui.Views;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>/ n N in texts: what is found, where one comes to, what is marked.</summary>
public sealed class SearchTests : IDisposable
{
    private readonly ScreenSession _stale = ScreenSession.Of("http/stale-reuse-post");

    private DetailState Detail => _stale.Model.Detail!;

    public void Dispose() => _stale.Dispose();

    [Fact]
    public void The_next_line_comes_under_the_cursor_and_behind_the_last_the_first()
    {
        Search(_stale.Press("Enter"), "after the fin");
        List<string> lines = [];
        for (var press = 0; press < 3; press++)
        {
            lines.Add(LineOf(Detail.Story[Detail.StoryCursor].Runs).Trim());
            _stale.Press("n");
        }

        Assert.Equal("20.4 ms after the FIN", lines[0]);
        Assert.EndsWith("RST  20.4 ms after the FIN", lines[1], StringComparison.Ordinal);
        Assert.Equal(lines[0], lines[2]);
    }

    [Fact]
    public void It_goes_round_and_says_so()
    {
        Search(_stale.Press("Enter"), "GET /cart");
        var first = Detail.StoryCursor;
        Assert.Null(_stale.Model.Notice);
        Assert.Equal("from the top again", _stale.Press("n").Model.Notice!.Text);
        Assert.Equal("from the bottom again", _stale.Press("N").Model.Notice!.Text);
        Assert.Equal(first, Detail.StoryCursor);
    }

    [Fact]
    public void A_capital_makes_capitals_matter()
    {
        Search(_stale.Press("Enter"), "post /PAY");
        Assert.Equal("not here: post /PAY", _stale.Model.Notice!.Text);
        Assert.True(_stale.Model.Notice.IsError);
        Assert.Null(_stale.Model.Search);
        Search(_stale, "post /pay");
        Assert.Contains("POST /pay", LineOf(Detail.Story[Detail.StoryCursor].Runs), StringComparison.Ordinal);
    }

    [Fact]
    public void Escape_ends_the_search_and_only_then_leads_back()
    {
        Search(_stale.Press("Enter"), "cart");
        Assert.Contains(" n next ", _stale.Draw(), StringComparison.Ordinal);
        _stale.Press("Escape");
        Assert.Equal((null, ViewKind.Story), (_stale.Model.Search, _stale.Model.View));
        Assert.Equal("nothing is looked for: / asks", _stale.Press("n").Model.Notice!.Text);
        Assert.Equal(ViewKind.Connections, _stale.Press("Escape").Model.View);
    }

    [Fact]
    public void Earlier_ones_come_back_and_nothing_typed_is_the_last_one()
    {
        Search(Search(_stale.Press("Enter"), "cart"), "pay");
        Assert.Equal("cart", _stale.Press("/", "Up", "Up").Model.Prompt!.Line.Text);
        _stale.Press("Escape", "Escape", "g", "/", "Enter");
        Assert.Equal("pay", _stale.Model.Search!.Text.Text);
    }

    [Fact]
    public void It_goes_with_one_from_view_to_view()
    {
        Search(_stale.Press("Enter"), "pay");
        _stale.Press("x", "n");
        Assert.Contains("POST /pay", LineOf(Detail.Stream![_stale.Model.Search!.Found!.Value.Line]), StringComparison.Ordinal);
        _stale.Press("q", "q");
        Assert.Equal(ViewKind.Connections, _stale.Model.View);
        Assert.DoesNotContain("end search", _stale.Draw(), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_found_across_a_fold()
    {
        Search(_stale.Press("Enter"), "20.4 ms before (#8), and");
        Assert.Equal(0, Detail.StoryCursor);
        Assert.Equal(["20.4 ms", "before (#8), and"], Marked(_stale));
    }

    [Fact]
    public void In_a_list_n_goes_from_row_to_row_of_what_the_filter_left()
    {
        using var list = ScreenSession.Of("http/six-at-a-time");
        Assert.Equal("nothing is looked for: / asks", list.Press("n").Model.Notice!.Text);
        list.Press("/").Type("tcp").Press("Enter", "n");
        Assert.Equal(1, list.Model.Connections.Cursor);
        list.Press("N", "N");
        Assert.Equal((list.Model.RowsOf(list.Model.Connections) - 1, "from the bottom again"), (list.Model.Connections.Cursor, list.Model.Notice!.Text));
    }

    [Theory]
    [InlineData("the packets, by what they say", "7", "reset by", 0, "")]
    [InlineData("the packets, by their octets", "7", "post /pay", 9, "POST /pay")]
    [InlineData("the packets, by their flags", "7", "FIN", 8, "FIN")]
    public void Packets_are_found_by_their_lines_and_octets(string what, string view, string text, int frame, string marked)
    {
        Search(_stale.Press(view), text);
        Assert.True(frame == 0 ? _stale.Model.Notice is not null : Detail.Packet!.Packet.Number == frame, what);
        Assert.True(marked.Length == 0 || Marked(_stale).Contains(marked), what);
    }

    [Fact]
    public void In_a_list_without_rows_and_before_a_connection_was_read_nothing_is_found()
    {
        using var list = ScreenSession.Of("http/six-at-a-time");
        list.Press("/").Type("tcp.port == 1").Press("Enter", "n");
        Assert.Equal(list.Model.Wording.NoMatch, list.Model.Notice!.Text);
        Search(_stale.Press("x"), "pay");
        var unread = _stale.Model with { Detail = new DetailState { Number = 0 } };
        Assert.Equal("not here: pay", Update.Of(unread, new KeyPressed("n")).Model.Notice!.Text);
    }

    [Fact]
    public void Octets_that_no_field_shows_are_on_the_screen_of_their_pane()
    {
        _stale.Send(new Resized(80, 16));
        Search(_stale.Press("7"), "amount");
        Assert.Equal((9, PacketPane.List), (Detail.Packet!.Packet.Number, Detail.Pane));
        Assert.Contains("amount", string.Concat(Marked(_stale.Press("BackTab"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_pane_of_the_packets_is_looked_through_by_itself()
    {
        _stale.Send(new Resized(120, 40));
        Search(_stale.Press("7", "Tab"), "window");
        Assert.Contains("window", Detail.Tree[Detail.TreeCursor].Text, StringComparison.Ordinal);
        Search(_stale.Press("Tab"), "45 00");
        Assert.Contains("45 00", Marked(_stale));
        Search(_stale.Press("BackTab", "BackTab"), "post /pay");
        Assert.Contains("POST /pay", Marked(_stale));
    }

    [Fact]
    public void A_masked_value_is_not_looked_into()
    {
        using var session = Streamed(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nCookie: id=secret\r\nHost: secret.example\r\n\r\n"));
        Search(session, "secret");
        Assert.Equal("  Host: secret.example", LineOf(session.Model.Detail!.Stream![session.Model.Search!.Found!.Value.Line]));
        Search(session, "cookie");
        Assert.Equal(["Cookie"], Marked(session));
        Search(session.Press("f"), "id=secret");
        Assert.Equal(["id=secret"], Marked(session));
    }

    [Fact]
    public void What_a_stream_breaks_to_the_width_is_found_whole()
    {
        using var session = Streamed(Encoding.UTF8.GetBytes(new string('-', 70) + "{한글: \"Grüße\"}" + new string('-', 500)));
        Search(session, "한글: \"grüße\"");
        Assert.Equal(["한글: \"", "Grüße\""], Marked(session));
        Search(session, "GRÜ");
        Assert.Null(session.Model.Search);
    }

    [Fact]
    public void Latin_1_is_found_where_its_octets_are_shown()
    {
        using var session = Streamed(Encoding.Latin1.GetBytes("caf\u00e9\n"));
        Search(session, "café");
        Assert.Equal([@"caf\xe9"], Marked(session));
    }

    [Fact]
    public void In_hexadecimal_digits_are_found_and_text()
    {
        using var session = Streamed(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        session.Press("f", "f");
        Search(session, "0d 0a 0d 0a");
        Assert.Equal(["0d  0a 0d 0a", "...."], Marked(session));
        Search(session, "1.1");
        Assert.Equal(["31 2e 31", "1.1"], Marked(session));
    }

    [Fact]
    public void Where_there_is_more_than_is_kept_it_says_so()
    {
        using var session = Streamed(Encoding.ASCII.GetBytes("abc\n"), leftOut: 84_000_000);
        Search(session, "xyz");
        Assert.Equal("not here: xyz; 84.0 MB more are not shown", session.Model.Notice!.Text);
    }

    [Theory]
    [InlineData("overview", "tcp", "1")]
    [InlineData("rule", "kernel", "5", "i")]
    [InlineData("assertion", "version", "a")]
    [InlineData("help", "CLOSE_WAIT", "?")]
    [InlineData("timeline", "get /cart", "z")]
    [InlineData("story", "rst", "Enter")]
    [InlineData("stream", "nginx", "x")]
    [InlineData("stream", "#9", "x")]
    [InlineData("packets", "#9", "7")]
    public void Every_text_is_searched(string view, string text, params string[] keys)
    {
        foreach (var (width, height) in (ReadOnlySpan<(int, int)>)[(80, 24), (40, 12)])
        {
            using var session = ScreenSession.Of("http/stale-reuse-post", width, height);
            Search(session.Press(keys), text);
            Assert.True(session.Model.Notice is null or { IsError: false }, view);
            Assert.Contains(Marked(session), marked => marked.Equals(text, StringComparison.OrdinalIgnoreCase));
            session.Press("n", "N", "Escape");
            Assert.Null(session.Model.Search);
            Assert.Equal(view == "help", session.Model.HelpTop is not null);
        }
    }

    /// <summary>n comes to every line with a mark that begins there, in both directions.</summary>
    [Theory]
    [InlineData("Enter")]
    [InlineData("x")]
    [InlineData("7")]
    [InlineData("?")]
    public void All_that_is_marked_is_come_to(string key)
    {
        Search(_stale.Press(key), "s");
        var lines = SearchedView.Of(_stale.Model).Lines;
        var text = new SoughtText("s");
        List<int> marked = [.. Enumerable.Range(0, lines.Count).Where(line => lines.On(text, line).Any())];
        List<int> down = [], up = [];
        for (var line = lines.Next(text, -1, 1); line >= 0; line = lines.Next(text, line, 1))
        {
            down.Add(line);
        }

        for (var line = lines.Next(text, lines.Count, -1); line >= 0; line = lines.Next(text, line, -1))
        {
            up.Insert(0, line);
        }

        Assert.NotEmpty(marked);
        Assert.Equal(down, up);
        Assert.Equal([], marked.Except(down));
    }

    [Fact]
    public void Octets_are_found_as_by_looking_at_each_place()
    {
        var random = new Random(5);
        for (var round = 0; round < 2000; round++)
        {
            var octets = Enumerable.Range(0, random.Next(12)).Select(_ => (byte)"abAB"[random.Next(4)]).ToArray();
            var text = string.Concat(Enumerable.Range(0, 1 + random.Next(3)).Select(_ => "abAB"[random.Next(4)]));
            var sought = new SoughtText(text);
            List<int> places = [.. Enumerable.Range(0, octets.Length).Where(at => sought.In(Encoding.ASCII.GetString(octets)[at..], 0) == 0)];
            for (var from = 0; from <= octets.Length; from++)
            {
                Assert.Equal(places.Where(at => at >= from).Select(at => (int?)at).FirstOrDefault(), sought.AsOctets(false).First(octets, from)?.At);
                Assert.Equal(places.Where(at => at < from).Select(at => (int?)at).LastOrDefault(), sought.AsOctets(false).Last(octets, from)?.At);
            }
        }
    }

    [Fact]
    public void In_Korean_too()
    {
        using var session = ScreenSession.Of("http/stale-reuse-post", 80, 24, Language.Korean);
        Search(session.Press("Enter"), "서버");
        Assert.Contains("서버", Marked(session));
        Search(session, "없는 글");
        Assert.Equal("여기에 없습니다: 없는 글", session.Model.Notice!.Text);
    }

    private static ScreenSession Search(ScreenSession session, string text) => session.Press("/").Type(text).Press("Enter");

    /// <summary>A stream of these octets from the client, as HTTP on a screen of eighty columns.</summary>
    private static ScreenSession Streamed(byte[] octets, long leftOut = 0)
    {
        var session = ScreenSession.Of("http/stale-reuse-post");
        session.Press("x");
        var read = session.Model.Detail!.Detail!;
        session.Send(new DetailRead(0, read with { Pieces = [read.Pieces[0] with { Octets = octets }], OctetsLeftOut = leftOut }, null));
        return session;
    }

    private static string LineOf(IReadOnlyList<Run> runs) => string.Concat(runs.Select(run => run.Text));

    /// <summary>What is set off from its line: reversed, or not in one that is.</summary>
    private static List<string> Marked(ScreenSession session)
    {
        var sheet = new Sheet(session.Model.Width, session.Model.Height);
        Frame.Draw(session.Model, sheet);
        var marked = new List<string>();
        for (var y = 1; y < sheet.Height - 1; y++)
        {
            var row = sheet.Grid.Row(y);
            var isCursor = IsReversed(row[0]);
            var text = "";
            foreach (var cell in row)
            {
                if (IsReversed(cell) != isCursor)
                {
                    text += cell.Glyph;
                }
                else if (text.Length > 0)
                {
                    marked.Add(text);
                    text = "";
                }
            }

            if (text.Length > 0)
            {
                marked.Add(text);
            }
        }

        return marked;
    }

    private static bool IsReversed(Cell cell) => (cell.Style.Attributes & TextAttributes.Reverse) != 0;
}
