using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.UnitTests.Query.Filter;

public class MeanTests
{
    [Theory]
    [InlineData("pool.open.avg > 2.5")]
    [InlineData("pool.open.avg in {1 .. 2.25}")]
    [InlineData("pool.exchanges_per_connection.avg == 3 ± 0.5")]
    public void Means_are_compared(string filter)
    {
        Assert.NotNull(FilterBinder.Bind(filter, FilterScope.Pools, out var error));
        Assert.Null(error);
    }

    [Fact]
    public void Finer_than_they_are_told_is_no_value()
    {
        Assert.Null(FilterBinder.Bind("pool.open.avg > 2.50001", FilterScope.Pools, out var error));
        Assert.Equal("a number with at most four decimals such as 2.5 is wanted here, not '2.50001'.", error!.Message);
    }
}
