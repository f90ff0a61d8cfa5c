using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.UnitTests.Screen;

public sealed class CellGridTests
{
    [Theory]
    [InlineData(0, "abc", 3, "abc")]
    [InlineData(4, "abc", 7, "    ab")]
    [InlineData(-1, "abc", 2, "bc")]
    [InlineData(9, "abc", 12, "")]
    [InlineData(0, "가나다라", 8, "가나다")]
    [InlineData(1, "가나다", 7, " 가나")]
    [InlineData(-1, "가나", 3, " 나")]
    public void Text_is_clipped_and_the_column_behind_it_returned(int x, string text, int behind, string seen)
    {
        var grid = new CellGrid(6, 1);
        Assert.Equal(behind, grid.Put(x, 0, text, Style.Plain));
        Assert.Equal(behind, grid.Put(x, 1, text, Style.Plain));
        Assert.Equal(behind, grid.Put(x, -1, text, Style.Plain));
        Assert.Equal(seen + "\n", grid.Dump());
    }

    [Fact]
    public void A_wide_letter_is_a_lead_and_a_trail_of_one_style()
    {
        var style = new Style(Colour.Red);
        var grid = new CellGrid(4, 1);
        grid.Put(1, 0, "한", style);
        Assert.Equal('한', grid[1, 0].Glyph.Letter);
        Assert.True(grid[2, 0].Glyph.IsTrail);
        Assert.Equal(style, grid[2, 0].Style);
        grid.Reverse(2, 0, 1);
        Assert.Equal(TextAttributes.Reverse, grid[1, 0].Style.Attributes);
        Assert.Equal(Style.Plain, grid[3, 0].Style);
    }

    /// <summary>A line under the cursor is one bar, whatever is in it.</summary>
    [Fact]
    public void What_is_reversed_has_one_colour()
    {
        var grid = new CellGrid(4, 1);
        grid.Put(0, 0, "a", new Style(Colour.Red, Colour.Default, TextAttributes.Bold));
        grid.Put(1, 0, "b", new Style(Colour.Blue, Colour.Default, TextAttributes.Dim));
        grid.Reverse(0, 0, 4);
        Assert.Equal(new Style(TextAttributes.Bold | TextAttributes.Reverse), grid[0, 0].Style);
        Assert.Equal(new Style(TextAttributes.Reverse), grid[1, 0].Style);
        Assert.Equal(new Style(TextAttributes.Reverse), grid[3, 0].Style);
    }

    [Theory]
    [InlineData(1, " x나")]
    [InlineData(0, "x 나")]
    [InlineData(2, "가x")]
    public void What_takes_the_place_of_half_a_letter_makes_the_other_half_blank(int x, string seen)
    {
        var grid = new CellGrid(5, 1);
        grid.Put(0, 0, "가나", Style.Plain);
        grid.Put(x, 0, "x", Style.Plain);
        Assert.Equal(seen + "\n", grid.Dump());
        grid.Put(0, 0, "가나", Style.Plain);
        grid.Fill(x, 0, 1, 1, 'x', Style.Plain);
        Assert.Equal(seen + "\n", grid.Dump());
    }

    [Fact]
    public void Less_of_a_text_is_seen_where_less_room_is_given()
    {
        var grid = new CellGrid(8, 1);
        Assert.Equal(6, grid.Put(0, 0, "abcdef", Style.Plain, 3));
        Assert.Equal("abc\n", grid.Dump());
        Assert.Equal(8, grid.Put(2, 0, "ghijkl", Style.Plain, int.MaxValue));
        Assert.Equal("abghijkl\n", grid.Dump());
        grid.Put(0, 0, "mnopqr", Style.Plain, int.MinValue);
        Assert.Equal("abghijkl\n", grid.Dump());
    }

    [Fact]
    public void A_rectangle_is_filled_within_the_grid()
    {
        var grid = new CellGrid(5, 3);
        grid.Fill(3, -2, 9, 4, '─', Style.Plain);
        Assert.Equal("   ──\n   ──\n\n", grid.Dump());
        grid.Fill(4, 1, int.MaxValue, int.MaxValue, '한', Style.Plain);
        Assert.Equal("   ──\n   ─\n\n", grid.Dump());
    }

    [Fact]
    public void Another_size_begins_blank()
    {
        var grid = new CellGrid(5, 1) { Cursor = (1, 0) };
        grid.Put(0, 0, "abc", Style.Plain);
        grid.Resize(3, 2);
        Assert.Equal("\n\n", grid.Dump());
        Assert.Null(grid.Cursor);
        grid.Resize(-1, 4);
        Assert.Equal(3, grid.Put(0, 0, "abc", Style.Plain));
    }

    [Fact]
    public void A_style_keeps_its_parts()
    {
        var style = new Style(Colour.Rgb(1, 2, 3), Colour.Indexed(9), TextAttributes.Dim | TextAttributes.Reverse);
        Assert.Equal((1, 2, 3), (style.Foreground.R, style.Foreground.G, style.Foreground.B));
        Assert.Equal((ColourKind.Indexed, 9), (style.Background.Kind, style.Background.Index));
        var other = style with { Foreground = Colour.Default, Attributes = TextAttributes.Bold };
        Assert.Equal(new Style(Colour.Default, Colour.Indexed(9), TextAttributes.Bold), other);
        Assert.Equal(Style.Plain, other with { Background = Colour.Default, Attributes = TextAttributes.None });
    }
}
