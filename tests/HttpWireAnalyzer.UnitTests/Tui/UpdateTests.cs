using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.UnitTests.Capture;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;

namespace HttpWireAnalyzer.UnitTests.Tui;

public sealed class UpdateTests : IDisposable
{
    private readonly ScreenSession _six = ScreenSession.Of("http/six-at-a-time");

    public void Dispose() => _six.Dispose();

    /// <summary>q goes back one view at a time, and never in a circle.</summary>
    [Theory]
    [InlineData(ViewKind.Connections, "Enter")]
    [InlineData(ViewKind.Story, "Enter", "x")]
    [InlineData(ViewKind.Stream, "Enter", "x", "z")]
    [InlineData(ViewKind.Story, "Enter", "x", "]")]
    [InlineData(ViewKind.Connections, "Enter", "x", "Enter")]
    [InlineData(ViewKind.Connections, "x", "Enter", "7", "x")]
    [InlineData(ViewKind.Findings, "5", "Enter", "x", "Enter")]
    [InlineData(ViewKind.Story, "5", "Enter", "i")]
    internal void Back_is_where_one_came_from(ViewKind back, params string[] keys)
    {
        using var session = ScreenSession.Of("http/stale-reuse-post");
        Assert.Equal(back, session.Press(keys).Press("q").Model.View);
    }

    /// <summary>The last lines, the commands, can be read on any screen, and what scrolls does not close.</summary>
    [Fact]
    public void Help_scrolls_to_its_end()
    {
        Assert.DoesNotContain(":frame N", _six.Press("?").Draw(), StringComparison.Ordinal);
        Assert.Contains(":frame N", _six.Press("G").Draw(), StringComparison.Ordinal);
        Assert.Contains("Keys in", _six.Press("g").Draw(), StringComparison.Ordinal);
        var pages = 0;
        while (!_six.Press("Space").Draw().Contains(":frame N", StringComparison.Ordinal))
        {
            Assert.InRange(++pages, 1, 9);
        }

        _six.Send(new MouseUsed(3, 3, -1000));
        Assert.Equal(0, _six.Model.HelpTop);
        _six.Send(new MouseUsed(3, 3, 3));
        Assert.Equal(3, _six.Model.HelpTop);
        Assert.Null(_six.Press("q").Model.HelpTop);
        Assert.False(_six.Model.IsEnding);
    }

    [Fact]
    public void It_begins_with_the_connections() =>
        Assert.Equal((ViewKind.Connections, 6, 0), (_six.Model.View, _six.Model.RowsOf(_six.Model.Connections), _six.Model.Connections.Cursor));

    [Theory]
    [InlineData(2, "j", "j")]
    [InlineData(1, "j", "Down", "k")]
    [InlineData(5, "G")]
    [InlineData(0, "G", "g")]
    [InlineData(5, "Ctrl-d", "Ctrl-d", "Ctrl-d")]
    [InlineData(0, "k")]
    [InlineData(3, ":", "4", "Enter")]
    [InlineData(4, "j", ":", "+", "3", "Enter")]
    [InlineData(3, "G", ":", "-", "2", "Enter")]
    [InlineData(5, ":", "+", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "9", "Enter")]
    public void The_cursor_moves_and_stays_within(int row, params string[] keys) =>
        Assert.Equal(row, _six.Press(keys).Model.Connections.Cursor);

    [Theory]
    [InlineData("1", ViewKind.Overview)]
    [InlineData("3", ViewKind.Exchanges)]
    [InlineData("4", ViewKind.Pools)]
    [InlineData("5", ViewKind.Findings)]
    [InlineData("6", ViewKind.Ports)]
    [InlineData("7", ViewKind.Packets)]
    [InlineData("x", ViewKind.Stream)]
    [InlineData("Enter", ViewKind.Story)]
    internal void A_key_leads_to_a_view_and_two_lead_home(string key, ViewKind view)
    {
        Assert.Equal(view, _six.Press(key).Model.View);
        Assert.Equal(ViewKind.Connections, _six.Press("2").Model.View);
    }

    [Fact]
    public void What_was_opened_leads_back_step_by_step()
    {
        _six.Press("3", "j", "Enter");
        Assert.Equal((ViewKind.Story, 1), (_six.Model.View, _six.Model.Detail!.Number));
        Assert.Equal(ViewKind.Exchanges, _six.Press("q").Model.View);
        Assert.False(_six.Model.IsEnding);
        Assert.True(_six.Press("q").Model.IsEnding);
    }

    [Fact]
    public void An_exchange_opens_its_story_where_it_stands_in_it()
    {
        var exchange = _six.Press("3", "G").Model.Capture.Rows.Exchanges[_six.Model.Exchanges.Cursor];
        var detail = _six.Press("Enter").Model.Detail!;
        Assert.Equal(exchange.Connection, detail.Number);
        Assert.Equal(exchange.Frame, detail.Story[detail.StoryCursor].Frame);
    }

    [Fact]
    public void The_worst_finding_leads_to_its_packets()
    {
        using var session = ScreenSession.Of("http/stale-reuse-post");
        session.Press("5", "Enter");
        var frames = session.Model.Detail!.Finding!.Frames.Select(frame => frame.Number).ToList();
        Assert.Equal([6, 8, 9, 10], frames);
        foreach (var frame in frames)
        {
            Assert.Equal((ViewKind.Story, frame), (session.Model.View, session.Model.Detail!.Story[session.Model.Detail.StoryCursor].Frame));
            session.Press("e");
        }

        Assert.Equal(session.Model.Wording.NoEvidence, session.Model.Notice!.Text);
        Assert.Equal(ViewKind.Findings, session.Press("q").Model.View);
        session.Press("e");
        Assert.Equal((ViewKind.Packets, 6), (session.Model.View, session.Model.Detail!.Packet!.Packet.Number));
        Assert.Equal(8, session.Press("e").Model.Detail!.Packet!.Packet.Number);
    }

    [Fact]
    public void A_finding_of_a_pool_leads_to_its_connections()
    {
        using var session = ScreenSession.Of("http/stale-reuse-post");
        session.Press("5", "j", "Enter");
        Assert.Equal(ViewKind.Connections, session.Model.View);
        Assert.Equal("client.address == 192.0.2.1 && server.address == 192.0.2.2 && server.port == 80", session.Model.Connections.Filter);
    }

    [Theory]
    [InlineData("5", "i")]
    [InlineData("2", "i")]
    [InlineData("Enter", "i")]
    public void A_rule_is_explained_from_where_its_finding_is(params string[] keys)
    {
        using var session = ScreenSession.Of("http/stale-reuse-post");
        session.Press(keys);
        Assert.Equal((ViewKind.Rule, "HWA-K002"), (session.Model.View, session.Model.Rule!.Card.Id));
        Assert.Contains("stale pooled connection reused", session.Draw(), StringComparison.Ordinal);
        var end = session.Press("G").Model.Rule!.Top;
        Assert.True(end > 0);
        Assert.Equal(end, session.Press("j").Model.Rule!.Top);
        Assert.NotEqual(ViewKind.Rule, session.Press("q").Model.View);
    }

    [Fact]
    public void A_connection_says_its_worst_finding()
    {
        using var session = ScreenSession.Of("http/stale-reuse-post");
        Assert.Contains("✖K002", session.Draw(), StringComparison.Ordinal);
        Assert.Null(_six.Press("i").Model.Rule);
        Assert.True(_six.Model.Notice!.IsError);
    }

    [Fact]
    public void A_pool_is_replayed_with_connections_kept_and_shown_again_as_it_was()
    {
        _six.Press("4", "W");
        Assert.True(_six.Model.WhatIf!.Replay!.Outcome!.Requests > 0);
        Assert.Contains("what if connections were kept", _six.Draw(), StringComparison.Ordinal);
        Assert.Null(_six.Press("W").Model.WhatIf);
        Assert.DoesNotContain("what if connections were kept", _six.Draw(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_is_copied_with_all_that_it_says()
    {
        using var session = ScreenSession.Of("http/stale-reuse-post");
        session.Press("5", "y");
        Assert.StartsWith("✖ HWA-K002 stale pooled connection reused\nPOST /pay", session.Copied, StringComparison.Ordinal);
        Assert.Contains("rules.HWA-K002.never_checked", session.Copied, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_a_story_opens_its_packet()
    {
        using var session = ScreenSession.Of("http/stale-reuse-post");
        session.Press("Enter", "e", "e", "Enter");
        Assert.Equal((ViewKind.Packets, 9), (session.Model.View, session.Model.Detail!.Packet!.Packet.Number));
    }

    [Fact]
    public void A_filter_that_is_typed_is_checked_at_each_letter_and_then_asked()
    {
        _six.Press("/").Type("conn.id == ");
        Assert.NotNull(_six.Model.Prompt!.Error);
        _six.Type("4");
        Assert.Null(_six.Model.Prompt!.Error);
        _six.Press("Enter");
        Assert.Equal((null, 1, 4), (_six.Model.Prompt, _six.Model.RowsOf(_six.Model.Connections), _six.Model.RowAt(_six.Model.Connections, 0)));
        Assert.Equal(6, _six.Press("Escape").Model.RowsOf(_six.Model.Connections));
    }

    [Fact]
    public void A_wrong_filter_is_not_taken()
    {
        _six.Press("/").Type("conn.idd == 4").Press("Enter");
        Assert.Contains("no such field", _six.Model.Prompt!.Error, StringComparison.Ordinal);
        Assert.Null(_six.Press("Escape").Model.Prompt);
        Assert.Equal("", _six.Model.Connections.Filter);
    }

    [Fact]
    public void Tab_completes_a_filter_and_the_arrow_brings_back_the_last_one()
    {
        _six.Press("/").Type("conn.close.fir").Press("Tab");
        Assert.Equal("conn.close.first", _six.Model.Prompt!.Line.Text);
        _six.Type(" == client").Press("Enter", "Escape", "/", "Up");
        Assert.Equal("conn.close.first == client", _six.Model.Prompt!.Line.Text);
    }

    [Theory]
    [InlineData("=", "client.address == 192.0.2.1", 6)]
    [InlineData("!", "!(client.address == 192.0.2.1)", 0)]
    public void A_cell_makes_a_filter(string key, string filter, int rows)
    {
        _six.Press("f", key);
        Assert.Equal((filter, rows), (_six.Model.Connections.Filter, _six.Model.RowsOf(_six.Model.Connections)));
    }

    [Fact]
    public void The_keystrokes_of_the_study_filter_to_one_client()
    {
        _six.Press("2", "f", "=");
        Assert.Equal("client.address == 192.0.2.1", _six.Model.Connections.Filter);
    }

    [Fact]
    public void Sorting_keeps_the_row_under_the_cursor()
    {
        _six.Press("j", ":").Type("sort -conn").Press("Enter");
        Assert.Equal((5, 4), (_six.Model.RowAt(_six.Model.Connections, 0), _six.Model.Connections.Cursor));
        Assert.Equal(1, _six.Model.RowAt(_six.Model.Connections, _six.Model.Connections.Cursor));
        _six.Press(":").Type("sort").Press("Enter");
        Assert.Equal((null, 1), (_six.Model.Connections.Order, _six.Model.Connections.Cursor));
    }

    [Fact]
    public void An_answer_to_an_older_question_is_left_alone()
    {
        _six.Press("/").Type("conn.id < 3").Press("Enter");
        var before = _six.Model;
        Assert.Same(before, Update.Of(before, new Arranged(ListKind.Connections, before.Connections.Asked - 1, new RowOrder([]), -1, default)).Model);
    }

    [Fact]
    public void A_pool_opens_its_connections()
    {
        _six.Press("4", "Enter");
        Assert.Equal(
            (ViewKind.Connections, "client.address == 192.0.2.1 && server.address == 192.0.2.2 && server.port == 80"),
            (_six.Model.View, _six.Model.Connections.Filter));
    }

    [Fact]
    public void The_neighbours_of_a_connection_are_one_key_away()
    {
        _six.Press("Enter", "]", "]", "[");
        Assert.Equal((ViewKind.Story, 1, 1), (_six.Model.View, _six.Model.Detail!.Number, _six.Model.Connections.Cursor));
    }

    [Fact]
    public void A_mark_is_found_again()
    {
        _six.Press("j", "j", "m", "a", "g", "'", "a");
        Assert.Equal(2, _six.Model.Connections.Cursor);
        Assert.True(_six.Press("'", "z").Model.Notice!.IsError);
    }

    [Fact]
    public void Evidence_is_gone_to_in_lists_and_stories()
    {
        using var session = ScreenSession.Of("http/retry-after-stale-reuse");
        session.Press("G", "E");
        Assert.Equal(0, session.Model.Connections.Cursor);
        session.Press("Enter", "e");
        Assert.Equal(9, session.Model.Detail!.Story[session.Model.Detail.StoryCursor].Frame);
        Assert.NotNull(session.Press("e").Model.Notice);
    }

    [Fact]
    public void The_selection_is_written_as_a_capture()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pcapng");
        try
        {
            _six.Press("Space", "Space", ":").Type("w " + path).Press("Enter");
            Assert.False(_six.Model.Notice!.IsError);
            var source = HttpWireAnalyzer.Capture.CaptureFile.Open(path, new HttpWireAnalyzer.Capture.CaptureFileOptions());
            using (source)
            {
                var packets = 0;
                var batch = new HttpWireAnalyzer.Wire.PacketBatch();
                while (source.Read(batch))
                {
                    packets += batch.Count;
                }

                var rows = _six.Model.Capture.Rows.Connections;
                Assert.Equal(rows[0].Packets + rows[1].Packets, packets);
            }

            _six.Press(":").Type("w " + path).Press("Enter");
            Assert.True(_six.Model.Notice!.IsError);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_the_capture_lost_goes_with_the_slice()
    {
        var folder = Directory.CreateTempSubdirectory("hwa-slice-");
        try
        {
            var frame = Ethernet(TcpPacket(EndpointOf("192.0.2.1:5000"), EndpointOf("192.0.2.2:80"), "GET / HTTP/1.1\r\n\r\n"u8.ToArray()));
            File.WriteAllBytes(Path.Combine(folder.FullName, "capture.pcapng"), new PcapngBytes().Section().Interface(name: "eth0").Interface(name: "unused")
                .Block(PcapngBytes.EnhancedPacket, body => body.U32(0).U32(0).U32(1).U32((uint)frame.Length).U32((uint)frame.Length).Octets(frame).Pad())
                .Statistics(of: 1, systemDropped: 5)
                .ToArray());
            using var session = ScreenSession.Of(folder.FullName);
            var path = Path.Combine(folder.FullName, "slice.pcapng");
            session.Press(":").Type("w " + path).Press("Enter");
            Assert.Equal(
                [("eth0", null), ("unused", 5L)],
                CaptureReading.Of(File.ReadAllBytes(path)).Interfaces.Select(port => (port.Name, port.Dropped)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Wherever there is room for it, a view is a click away.</summary>
    [Fact]
    public void A_click_on_a_views_name_leads_there()
    {
        foreach (var width in (ReadOnlySpan<int>)[60, 80, 200])
        {
            _six.Press("2");
            _six.Send(new Resized(width, 24));
            var ports = _six.Draw().Split('\n')[0].LastIndexOf('6');
            _six.Send(new MouseUsed(ports, 0, 0));
            Assert.Equal(ViewKind.Ports, _six.Model.View);
        }
    }

    [Theory]
    [InlineData("F", "2")]
    [InlineData("x", "4")]
    [InlineData("Tab", "1")]
    [InlineData("]", "5")]
    public void A_key_that_means_nothing_says_so(string key, string view)
    {
        var notice = _six.Press(view, key).Model.Notice;
        Assert.True(notice is { IsError: true });
        Assert.StartsWith($"{key} means nothing in {_six.Model.Wording.Views[_six.Model.View]}", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_under_the_cursor_is_copied()
    {
        _six.Press("y");
        Assert.StartsWith("0\t", _six.Copied, StringComparison.Ordinal);
        _six.Press("7", "Tab", "y");
        Assert.Equal(28, _six.Copied!.Length);
    }

    [Fact]
    public void A_stream_is_shown_in_three_forms_and_from_either_side()
    {
        _six.Press("x", "f", "f");
        Assert.Equal(StreamForm.Hex, _six.Model.Detail!.Form);
        var both = _six.Model.Detail.Stream!.Count;
        Assert.True(_six.Press("d").Model.Detail!.Stream!.Count < both);
    }

    [Theory]
    [InlineData(":q")]
    [InlineData("q")]
    public void It_ends_when_told_to(string keys) =>
        Assert.True(_six.Type(keys).Press("Enter").Model.IsEnding);

    [Fact]
    public void A_command_that_is_none_is_said_to_be_none() =>
        Assert.Equal("no such command: nonsense. ? lists them.", _six.Press(":").Type("nonsense").Press("Enter").Model.Notice!.Text);

    [Fact]
    public void A_click_goes_to_a_row_and_one_more_opens_it()
    {
        _six.Send(new MouseUsed(5, 4, 0));
        Assert.Equal(2, _six.Model.Connections.Cursor);
        _six.Send(new MouseUsed(5, 4, 0));
        Assert.Equal(ViewKind.Story, _six.Model.View);
        _six.Send(new MouseUsed(5, 4, 3));
        Assert.Equal(3, _six.Model.Detail!.StoryCursor);
    }

    /// <summary>Packets stand below their titles, which are none.</summary>
    [Fact]
    public void A_click_goes_to_a_packet()
    {
        _six.Press("7");
        _six.Send(new MouseUsed(5, 4, 0));
        Assert.Equal(1, _six.Model.Detail!.PacketCursor);
        _six.Send(new MouseUsed(5, 2, 0));
        Assert.Equal(1, _six.Model.Detail!.PacketCursor);
        _six.Send(new MouseUsed(5, 3, 0));
        Assert.Equal(0, _six.Model.Detail!.PacketCursor);
        var last = 2 + Geometry.PacketRows(_six.Model);
        _six.Send(new MouseUsed(5, last, 0));
        Assert.Equal(last - 3, _six.Model.Detail!.PacketCursor);
        _six.Send(new MouseUsed(5, last + 1, 0));
        Assert.Equal(last - 3, _six.Model.Detail!.PacketCursor);
    }

    /// <summary>Every octet's letter is on the screen, and the octets of the field under the cursor are.</summary>
    [Fact]
    public void Octets_fit_a_narrow_screen()
    {
        _six.Send(new Resized(60, 15));
        var lines = _six.Press("7", "Tab", "Tab").Draw().Split('\n');
        Assert.StartsWith(" 0008  ", lines[4], StringComparison.Ordinal);
        Assert.All(lines[3..7], line => Assert.InRange(line.Length, 34, 41));
        _six.Send(new Resized(60, 8));
        _six.Press("BackTab", "G");
        Assert.InRange((_six.Model.Detail!.Tree[^1].Offset / 8) - _six.Model.Detail.HexTop, 0, 3);
    }

    /// <summary>What is not counted yet is not said to be nothing.</summary>
    [Fact]
    public void Of_a_connection_under_way_only_what_is_known_is_told()
    {
        var capture = _six.Model.Capture;
        var row = capture.Rows.Connections[0];
        Assert.Contains("◀▶", Facts(), StringComparison.Ordinal);
        row.Flags |= HttpWireAnalyzer.Tui.Rows.RowFlags.UnderWay;
        Assert.True(capture.Rows.Connections.TrySet(0, row));
        Assert.DoesNotContain("◀▶", Facts(), StringComparison.Ordinal);

        string Facts()
        {
            var sheet = new Sheet(80, 24);
            HttpWireAnalyzer.Tui.Views.Frame.Draw(_six.Model with { Detail = null }, sheet);
            return sheet.Grid.Dump();
        }
    }

    /// <summary>No key is mute, also where there is no row.</summary>
    [Theory]
    [InlineData("2", "conn.id == 99")]
    [InlineData("3", "conn.id == 99")]
    [InlineData("4", "pool.client == 10.9.9.9")]
    [InlineData("5", "finding.id == \"HWA-X001\"")]
    [InlineData("6", "port.client == 10.9.9.9")]
    public void In_an_empty_list_keys_say_that_nothing_is_there(string view, string filter)
    {
        _six.Press(view, "/").Type(filter).Press("Enter");
        Assert.Equal(0, _six.Model.RowsOf(_six.Model.List!));
        foreach (var key in (string[])["Enter", "y", .. view switch { "4" => (string[])["W"], "5" => ["e"], "6" => [], _ => ["x", "z", "Space"] }])
        {
            Assert.Equal(_six.Model.Wording.NoRows, _six.Press(key).Model.Notice?.Text);
            Assert.NotNull(_six.Model.List);
        }
    }

    [Theory]
    [InlineData("x", ":filter conn.id == 1", ":filter means nothing in Stream")]
    [InlineData("x", ":sort client", ":sort means nothing in Stream")]
    public void A_command_that_means_nothing_there_says_so(string view, string command, string said)
    {
        _six.Press(view, ":").Type(command[1..]).Press("Enter");
        Assert.StartsWith(said, _six.Model.Notice?.Text, StringComparison.Ordinal);
    }

    /// <summary>S shows the greatest, wherever the first row of the capture comes then; a cursor that was moved goes with its row.</summary>
    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    public void A_cursor_at_the_top_stays_there_when_it_is_sorted(string view)
    {
        _six.Press(view, "S");
        Assert.Equal((0, 0), (_six.Model.List!.Cursor, _six.Model.List.Top));
        var greatest = _six.Model.RowAt(_six.Model.List, 0);
        Assert.NotEqual(0, greatest);
        _six.Press("Escape");
        Assert.Equal(greatest, _six.Model.RowAt(_six.Model.List!, _six.Model.List!.Cursor));
        _six.Press("s");
        Assert.Equal(greatest, _six.Model.RowAt(_six.Model.List!, _six.Model.List!.Cursor));
    }

    [Theory]
    [InlineData("Enter")]
    [InlineData("7")]
    public void Times_of_the_day_are_no_seconds(string view)
    {
        Assert.Contains(" seconds ", _six.Press(view).Draw(), StringComparison.Ordinal);
        var drawn = _six.Press("t", "t").Draw();
        Assert.DoesNotContain(" seconds ", drawn, StringComparison.Ordinal);
        Assert.Contains(" time ", drawn, StringComparison.Ordinal);
    }

    /// <summary>What is not taken is not passed over in silence either, and the line that was typed stays.</summary>
    [Fact]
    public void What_is_pasted_and_too_long_is_said_to_be()
    {
        _six.Press("/").Type("tcp");
        _six.Send(new TextPasted(new string('x', 5000)));
        Assert.Equal("tcp", _six.Model.Prompt!.Line.Text);
        Assert.Contains("not taken: a line has 4096 letters", _six.Draw(), StringComparison.Ordinal);
        Assert.DoesNotContain("not taken", _six.Press("Left").Draw(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_with_a_mark_upon_it_is_typed_and_erased_as_one()
    {
        _six.Press("/").Type("ae\u0301");
        Assert.Equal(new InputLine("a", 1), _six.Press("Backspace").Model.Prompt!.Line);
        _six.Type("e\u0301");
        Assert.Equal(new InputLine("ae\u0301", 1), _six.Press("Left").Model.Prompt!.Line);
        Assert.Equal(new InputLine("a", 1), _six.Press("Delete").Model.Prompt!.Line);
    }

    /// <summary>All that is said of the capture can be read on a narrow screen.</summary>
    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    public void The_overview_is_folded(int width)
    {
        var wide = _six.Press("1");
        wide.Send(new Resized(250, 60));
        var said = Words(wide.Draw());
        _six.Send(new Resized(width, 100));
        var drawn = _six.Draw();
        Assert.Equal(said, Words(drawn));
        Assert.All(drawn.Split('\n')[1..], line => Assert.DoesNotContain('…', line));

        static string[] Words(string screen) => [.. screen.Split('\n')[1..^2].SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    [Fact]
    public void What_was_copied_is_shown_without_signs_for_its_tabs()
    {
        _six.Press("y");
        Assert.Contains('\t', _six.Copied!);
        Assert.DoesNotContain("\\t", _six.Model.Notice!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resized_screen_keeps_its_cursor_in_sight()
    {
        _six.Press("G");
        _six.Send(new Resized(60, 6));
        Assert.InRange(_six.Model.Connections.Cursor - _six.Model.Connections.Top, 0, 2);
        Assert.Contains("▶5", _six.Draw(), StringComparison.Ordinal);
    }
}
