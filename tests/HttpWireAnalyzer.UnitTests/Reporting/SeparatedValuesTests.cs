using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.UnitTests.Reporting;

public sealed class SeparatedValuesTests
{
    private static readonly Field[] Fields = [ConnectionFields.Set.Find("conn.id")!, ConnectionFields.Set.Find("conn.incarnation")!];

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("a\tb", "a\tb")]
    public void Between_commas_a_cell_that_would_be_torn_stands_in_quotation_marks(string cell, string expected) =>
        Assert.Equal($"conn.id,conn.incarnation\r\n7,{expected}\r\n", Written(SeparatedValues.ByCommas, ["7", cell]));

    [Theory]
    [InlineData("a,b")]
    [InlineData("say \"hi\"")]
    public void Between_tabs_no_cell_is_changed(string cell) =>
        Assert.Equal($"conn.id\tconn.incarnation\n7\t{cell}\n", Written(SeparatedValues.ByTabs, ["7", cell]));

    [Fact]
    public void The_names_stand_there_without_any_row()
    {
        Assert.Equal("conn.id,conn.incarnation\r\n", Written(SeparatedValues.ByCommas));
        Assert.Equal("conn.id\tconn.incarnation\n", Written(SeparatedValues.ByTabs));
    }

    private static string Written(Func<TextWriter, IReadOnlyList<Field>, SeparatedValues> by, params string[][] rows)
    {
        var output = new StringWriter();
        var values = by(output, Fields);
        foreach (var row in rows)
        {
            values.Add(row);
        }

        values.End();
        return output.ToString();
    }
}
