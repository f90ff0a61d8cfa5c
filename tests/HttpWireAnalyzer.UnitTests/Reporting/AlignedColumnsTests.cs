using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.UnitTests.Reporting;

public class AlignedColumnsTests
{
    [Theory]
    [InlineData(0, "name     first  second  why")]
    [InlineData(27, "name     first  second  why")]
    [InlineData(26, "name     first  why")]
    [InlineData(18, "name     why")]
    [InlineData(5, "name     why")]
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
}
