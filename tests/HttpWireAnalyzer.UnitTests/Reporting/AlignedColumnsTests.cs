using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.UnitTests.Reporting;

public class AlignedColumnsTests
{
    [Theory]
    [InlineData(0, "name     first  second  why")]
    [InlineData(27, "name     first  second  why")]
    [InlineData(26, "name    first second why")]
    [InlineData(23, "name    first why")]
    [InlineData(16, "name    why")]
    [InlineData(10, "name   why")]
    [InlineData(5, "n… w…")]
    public void On_a_narrow_screen_columns_are_left_out_in_their_order(int screen, string titles)
    {
        using var output = new StringWriter();
        var table = new AlignedColumns(
            output,
            [new("name"), new("first", IsNumber: true, LeaveOut: 2), new("second", IsNumber: true, LeaveOut: 1), new("why")],
            TextStyle.Plain,
            screen);
        table.Add(["nothing", "1", "2", "x"]);
        table.End();

        Assert.Equal(titles, output.ToString().Split('\n')[0].TrimEnd());
    }

    /// <summary>A sentence is cut before a column is left out, and no line is wider than the screen.</summary>
    [Theory]
    [InlineData(40, "192.0.2.1:1 12 said at some leng…", "198.51.100.2:65535 1 short")]
    [InlineData(33, "192.0.2.1:1 12 said at so…", "198.51.100.2:65535 1 short")]
    [InlineData(30, "192.0.2.1:1 12 said at…", "198.51.100.2:65535 1 short")]
    [InlineData(29, "192.0.2.1:1 said at s…", "198.51.100.2:65535 short")]
    [InlineData(24, "192.0.2.1:1 said at…", "198.51.100.2:6… short")]
    public void What_can_be_cut_is_cut_first(int screen, params string[] rows)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var table = new AlignedColumns(
            output, [new("who"), new("n", IsNumber: true, LeaveOut: 1), new("why", Least: 8)], TextStyle.Plain, screen);
        table.Add(["192.0.2.1:1", "12", "said at some length"]);
        table.Add(["198.51.100.2:65535", "1", "short"]);
        table.End();

        var lines = output.ToString().TrimEnd('\n').Split('\n')[1..];
        Assert.All(lines, line => Assert.InRange(line.Length, 1, screen));
        Assert.Equal(rows, lines.Select(Squeezed));
    }

    /// <summary>The letters, and where there are blanks between them.</summary>
    private static string Squeezed(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
