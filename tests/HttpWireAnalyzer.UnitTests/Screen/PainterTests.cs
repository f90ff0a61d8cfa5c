using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.UnitTests.Screen;

public sealed class PainterTests
{
    [Fact]
    public void A_terminal_that_obeys_shows_the_grid_whatever_was_shown_before() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (width, height) = (random.Next(1, 40), random.Next(1, 8));
            var terminal = new TerminalEmulator(width, height);
            var painter = new Painter(ColourDepth.TrueColour);
            var grid = new CellGrid(width, height);
            for (var frame = 0; frame < 12; frame++)
            {
                Change(random, grid);
                terminal.Take(painter.Paint(grid).Span);
                AssertShows(grid, terminal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Nothing_is_written_where_nothing_changed()
    {
        var (painter, grid) = Painted("GET /");
        Assert.True(painter.Paint(grid).IsEmpty);
        grid.Clear();
        grid.Put(0, 0, "GET /", Style.Plain);
        Assert.True(painter.Paint(grid).IsEmpty);
    }

    [Theory]
    [InlineData("GET /", "PET /", "\e[HP")]
    [InlineData("GET /", "GET ?", "\e[1;5H?")]
    [InlineData("abcdefghijkl", "aBcdEfghijkL", "\e[1;2HBcdE\e[6CL")]
    [InlineData("abcdefghijkl", "ab", "\e[1;3H\e[K")]
    [InlineData("abcdefghijkl", "abcdefghij", "\e[1;11H  ")]
    [InlineData("가나다", "가너다", "\e[1;3H너")]
    [InlineData("가나다", "가나", "\e[1;5H\e[K")]
    public void Only_what_differs_is_written(string before, string after, string expected)
    {
        var (painter, grid) = Painted(before);
        Redraw(grid, after);
        Assert.Equal("\e[?2026h\e[?25l" + expected + "\e[?2026l", Text(painter.Paint(grid)));
    }

    [Fact]
    public void Behind_a_letter_that_terminals_disagree_about_the_place_is_said_anew()
    {
        var (painter, grid) = Painted("");
        grid.Put(0, 0, "👍e\u0301x", Style.Plain);
        Assert.Contains("\e[H👍\e[1;3He\u0301\e[1;4Hx", Text(painter.Paint(grid)), StringComparison.Ordinal);
    }

    [Fact]
    public void Styles_are_changed_by_what_differs_or_anew_whichever_is_shorter()
    {
        var (painter, grid) = Painted("");
        grid.Put(0, 0, "a", new Style(Colour.Red, Colour.Default, TextAttributes.Bold | TextAttributes.Underline));
        grid.Put(1, 0, "b", new Style(Colour.Red, Colour.Default, TextAttributes.Bold));
        grid.Put(2, 0, "c", new Style(Colour.Red, Colour.Default, TextAttributes.Dim));
        grid.Put(3, 0, "d", Style.Plain);
        Assert.Contains("\e[1;4;31ma\e[24mb\e[22;2mc\e[md", Text(painter.Paint(grid)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColourDepth.None, "\e[1mx")]
    [InlineData(ColourDepth.Sixteen, "\e[1;91mx")]
    [InlineData(ColourDepth.Palette256, "\e[1;38;5;203mx")]
    [InlineData(ColourDepth.TrueColour, "\e[1;38;2;255;80;80mx")]
    public void Colours_are_those_that_the_terminal_has(ColourDepth depth, string expected)
    {
        var painter = new Painter(depth);
        var grid = new CellGrid(10, 1);
        grid.Put(0, 0, "x", new Style(Colour.Rgb(255, 80, 80), Colour.Default, TextAttributes.Bold));
        Assert.Contains(expected, Text(painter.Paint(grid)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_cursor_is_shown_where_the_grid_has_it()
    {
        var (painter, grid) = Painted("filter");
        grid.Cursor = (3, 0);
        Assert.Equal("\e[?2026h\e[?25l\e[1;4H\e[?25h\e[?2026l", Text(painter.Paint(grid)));
        Assert.True(painter.Paint(grid).IsEmpty);
        grid.Cursor = null;
        Assert.Equal("\e[?2026h\e[?25l\e[?2026l", Text(painter.Paint(grid)));
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        var painter = new Painter(ColourDepth.TrueColour);
        var grid = new CellGrid(200, 60);
        for (var frame = 0; frame < 3; frame++)
        {
            Draw(grid, frame);
            painter.Paint(grid);
        }

        Assert.Equal(0, Allocation.LeastOf(round =>
        {
            for (var frame = 0; frame < 10; frame++)
            {
                Draw(grid, 3 + (round * 10) + frame);
                Assert.False(painter.Paint(grid).IsEmpty);
            }
        }));
    }

    private static void Draw(CellGrid grid, int frame)
    {
        grid.Clear();
        for (var y = 0; y < grid.Height; y++)
        {
            var x = grid.Put(0, y, "▶ 10.0.0.7:51522 → 서버:8080 ", new Style(Colour.Indexed((y + frame) % 16)));
            grid.Put(x + (frame % 7), y, "re\u0301use 👍", new Style(Colour.Rgb((byte)frame, 1, 2), Colour.Default, TextAttributes.Bold));
        }

        grid.Reverse(0, frame % grid.Height, grid.Width);
    }

    private static void Change(Random random, CellGrid grid)
    {
        string[] texts = ["GET /path", "한국어 경로", "a\u0301\u0302b", "👍🏽 ok", "x", "     ", "\e[31m", "中", "│──┤", "HTTP/1.1 200", "👨‍👩‍👧"];
        if (random.Next(4) == 0)
        {
            grid.Clear();
        }

        for (var i = random.Next(6); i > 0; i--)
        {
            var (x, y) = (random.Next(-4, grid.Width + 2), random.Next(-1, grid.Height + 1));
            switch (random.Next(4))
            {
                case 0:
                    grid.Fill(x, y, random.Next(8), random.Next(3), random.Next(2) == 0 ? ' ' : '─', StyleOf(random));
                    break;
                case 1:
                    grid.Reverse(x, y, random.Next(12));
                    break;
                default:
                    grid.Put(x, y, texts[random.Next(texts.Length)], StyleOf(random), random.Next(1, 14));
                    break;
            }
        }

        grid.Cursor = random.Next(2) == 0 ? null : (random.Next(grid.Width), random.Next(grid.Height));
    }

    private static Style StyleOf(Random random) =>
        new(ColourOf(random), ColourOf(random), (TextAttributes)random.Next(32) & (TextAttributes)random.Next(32));

    private static Colour ColourOf(Random random) => random.Next(4) switch
    {
        0 => Colour.Indexed(random.Next(16)),
        1 => Colour.Rgb((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)),
        _ => Colour.Default,
    };

    private static void AssertShows(CellGrid grid, TerminalEmulator terminal)
    {
        Assert.False(terminal.IsUpdating);
        Assert.Equal(grid.Cursor, terminal.Cursor);
        for (var y = 0; y < grid.Height; y++)
        {
            for (var x = 0; x < grid.Width; x++)
            {
                Assert.Equal(grid[x, y].Glyph.ToString(), terminal.LetterAt(x, y));
                Assert.Equal(Seen(grid[x, y].Glyph.ToString(), grid[x, y].Style), Seen(terminal.LetterAt(x, y), terminal.StyleAt(x, y)));
            }
        }
    }

    /// <summary>Of a blank that is neither underlined nor reversed, only the background is seen.</summary>
    private static Style Seen(string letter, Style style) =>
        letter == " " && (style.Attributes & (TextAttributes.Underline | TextAttributes.Reverse)) == 0
            ? new Style(Colour.Default, style.Background)
            : style;

    private static (Painter Painter, CellGrid Grid) Painted(string text)
    {
        var (painter, grid) = (new Painter(ColourDepth.Sixteen), new CellGrid(12, 1));
        Redraw(grid, text);
        painter.Paint(grid);
        return (painter, grid);
    }

    private static void Redraw(CellGrid grid, string text)
    {
        grid.Clear();
        grid.Put(0, 0, text, Style.Plain);
    }

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);
}
