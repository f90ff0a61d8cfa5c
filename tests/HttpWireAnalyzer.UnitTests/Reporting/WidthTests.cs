using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.UnitTests.Reporting;

/// <summary>Lines and columns are as wide as terminals show them: a Korean syllable takes two columns.</summary>
public sealed class WidthTests
{
    private const string Korean = "서버가 유휴 연결을 먼저 닫았고, 클라이언트는 그 연결에 요청을 보냈습니다. 5 s 뒤에 닫힙니다.";

    [Theory]
    [InlineData(20)]
    [InlineData(33)]
    [InlineData(80)]
    public void Korean_is_wrapped_by_columns(int width)
    {
        var lines = Wrapping.Words(Korean, width).ToList();
        Assert.Equal(Korean, string.Join(' ', lines));
        Assert.All(lines, line => Assert.InRange(GlyphWidth.Of(line), 1, width));

        // As much as there is room for.
        Assert.All(
            lines.Zip(lines.Skip(1)),
            pair => Assert.True(GlyphWidth.Of(pair.First) + 1 + GlyphWidth.Of(Wrapping.Words(pair.Second, 1).First()) > width));
    }

    [Fact]
    public void Cells_stand_below_each_other_whatever_is_in_them()
    {
        using var text = new StringWriter { NewLine = "\n" };
        var columns = new AlignedColumns(text, [new Column("host"), new Column("n", IsNumber: true), new Column("why")], new TextStyle(false));
        columns.Add(["쇼핑.kr", "7", "하나"]);
        columns.Add(["a.example", "12", "two"]);
        columns.Add([new string('가', 40), "3", "cut"]);
        columns.End();
        var lines = text.ToString().TrimEnd('\n').Split('\n');
        var places = lines.Skip(1).Select(line => GlyphWidth.Of(line.AsSpan(0, line.LastIndexOf(' ')))).ToList();
        Assert.Single(places.Distinct());
        Assert.Contains(new string('가', 23) + "…", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.2:8081", 14, "192.0.2.2:8081")]
    [InlineData("192.0.2.2:8081", 11, "192.0…:8081")]
    [InlineData("[2001:db8::1]:443", 9, "[200…:443")]
    [InlineData("192.0.2.2:8081", 6, "192.0…")]
    [InlineData("192.0.2.2", 6, "192.0…")]
    public void An_address_that_is_cut_keeps_its_port(string text, int width, string cut) => Assert.Equal(cut, Sheet.CutEndpoint(text, width));

    /// <summary>On a screen what is wider than a line goes on below: nothing of it is beside the screen.</summary>
    [Theory]
    [InlineData("GET /a-target-that-is-wider-than-any-line-of-the-screen was lost", 20)]
    [InlineData("요청 /아주긴경로가있는요청대상이화면보다넓습니다 을 잃음", 11)]
    [InlineData("가나다", 1)]
    public void A_word_that_is_wider_than_a_line_is_broken(string text, int width)
    {
        var lines = Folding.Words(text, width).ToList();
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(GlyphWidth.Of(line) <= int.Max(2, width) || width < 2));
    }
}
