using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.UnitTests.Reporting;

/// <summary>A column is sorted by what its field is, not by what its cells look like.</summary>
public class SortedRowsTests
{
    [Theory]
    [InlineData("http.request.target", "*,/a,10,9", "10", "/a", "9", "*")]
    [InlineData("exchange.latency", ",-1.5,0.3,12", "12", "0.3", "", "-1.5")]
    [InlineData("http.response.status_code", ",99,200", "200", "99", "")]
    public void Of_exchanges(string field, string expected, params string[] cells) =>
        Assert.Equal(expected, Sorted(ExchangeFields.Set.Find(field)!, cells));

    [Fact]
    public void Words_that_have_an_order_are_sorted_by_it() =>
        Assert.Equal("info,note,warning,error", Sorted(FindingFields.Set.Find("finding.severity")!, "error", "note", "info", "warning"));

    [Fact]
    public void Numbers_are_compared_one_by_one()
    {
        var field = new FieldSet[] { ExchangeFields.Set, ConnectionFields.Set, MessageRecordFields.Set, FindingFields.Set, PoolFields.Set }
            .SelectMany(set => set.Fields).First(field => field.Kind == FieldKind.Numbers);
        Assert.Equal("9|9,10|10", Sorted(field, "10", "9,10", "9").Replace("9,9", "9|9", StringComparison.Ordinal).Replace("10,10", "10|10", StringComparison.Ordinal));
    }

    private static string Sorted(Field field, params string[] cells)
    {
        var taken = new Taken();
        var rows = new SortedRows(taken, 0, field, descending: false);
        foreach (var cell in cells)
        {
            rows.Add([cell]);
        }

        rows.End();
        return string.Join(',', taken.Cells);
    }

    private sealed class Taken : IRowSink
    {
        public List<string> Cells { get; } = [];

        public void Add(string[] cells) => Cells.Add(cells[0]);

        public void End()
        {
        }
    }
}
