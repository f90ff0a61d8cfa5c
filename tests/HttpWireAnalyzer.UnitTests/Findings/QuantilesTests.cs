using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Findings.WhatIf;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>Against putting everything in order.</summary>
public sealed class QuantilesTests
{
    [Fact]
    public void Each_place_has_the_value_that_order_gives_it() =>
        Prop.ForAll(
            (from length in Gen.Choose(1, 300)
             from most in Gen.Elements(1, 3, 1000, int.MaxValue)
             from values in Gen.Choose(0, most).ArrayOf(length)
             from place in Gen.Choose(0, length - 1)
             select (values, place)).ToArbitrary(),
            drawn =>
            {
                var values = drawn.values.Select(value => (long)value).ToArray();
                var ordered = values.Order().ToArray();
                Assert.Equal(ordered[drawn.place], Quantiles.At(values, drawn.place));
                Assert.Equal(ordered[drawn.place], values[drawn.place]);
                Assert.All(values[..drawn.place], value => Assert.True(value <= values[drawn.place]));
                Assert.All(values[drawn.place..], value => Assert.True(value >= values[drawn.place]));
                Assert.Equal(ordered, values.Order());
            }).QuickCheckThrowOnFailure();

    /// <summary>Values that rise and fall, as an organ's pipes do, lead a pivot from the middle astray.</summary>
    [Fact]
    public void Values_that_lead_a_pivot_astray_give_the_same()
    {
        const int Many = 1 << 20;
        var values = Enumerable.Range(0, Many).Select(at => (long)int.Min(at, Many - at)).ToArray();
        var ordered = values.Order().ToArray();
        foreach (var place in (int[])[0, Many / 2, Many * 95 / 100, Many - 1])
        {
            Assert.Equal(ordered[place], Quantiles.At(values.ToArray(), place));
        }
    }
}
