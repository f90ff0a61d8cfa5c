using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.UnitTests.Query.Fields;

public class NumbersTests
{
    [Fact]
    public void Decimals_are_exact() => Prop.ForAll<long>(value => Text(value, 9)
        == (value / 1_000_000_000m).ToString("0.000000000", CultureInfo.InvariantCulture)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 9, "0.000000000")]
    [InlineData(-1, 9, "-0.000000001")]
    [InlineData(1258577884_822720000, 9, "1258577884.822720000")]
    [InlineData(long.MaxValue, 9, "9223372036.854775807")]
    [InlineData(long.MinValue, 9, "-9223372036.854775808")]
    [InlineData(16_988_000, 6, "16.988000")]
    public void Decimals_keep_their_zeros(long value, int decimals, string expected) =>
        Assert.Equal(expected, Text(value, decimals));

    [Theory]
    [InlineData(0, "0 µs")]
    [InlineData(19_400, "19 µs")]
    [InlineData(812_000, "812 µs")]
    [InlineData(12_340_000, "12.3 ms")]
    [InlineData(999_499, "999 µs")]
    [InlineData(999_500, "1.0 ms")]
    [InlineData(298_123_000, "298.1 ms")]
    [InlineData(999_949_999, "999.9 ms")]
    [InlineData(999_950_000, "1.000 s")]
    [InlineData(6_001_000_000, "6.001 s")]
    [InlineData(71_234_000_000, "71.2 s")]
    [InlineData(605_000_000_000, "10 min 05 s")]
    [InlineData(7_500_000_000_000, "2 h 05 min")]
    [InlineData(172_799_000_000_000, "47 h 59 min")]
    [InlineData(535_260_000_000_000, "6 d 04 h")]
    [InlineData(long.MinValue, "-106751 d 23 h")]
    public void Durations_have_a_sensible_unit(long nanoseconds, string expected) =>
        Assert.Equal(expected, Quantity.Duration(nanoseconds));

    [Theory]
    [InlineData(0, "0 µs")]
    [InlineData(-42, "-0.042 µs")]
    [InlineData(999_999, "999.999 µs")]
    [InlineData(100_312_408, "100.312408 ms")]
    [InlineData(5_000_000_001, "5.000000001 s")]
    [InlineData(7_500_000_000_000, "7500 s")]
    [InlineData(long.MinValue, "-9223372036.854775808 s")]
    public void An_exact_duration_has_each_digit(long nanoseconds, string expected) =>
        Assert.Equal(expected, Quantity.ExactDuration(nanoseconds));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(12_345, "12.3 kB")]
    [InlineData(999_960, "1.0 MB")]
    [InlineData(long.MaxValue, "9.2 EB")]
    public void Sizes_have_a_sensible_unit(long octets, string expected) =>
        Assert.Equal(expected, Quantity.Octets(octets));

    [Fact]
    public void Sorting_takes_numbers_by_value_and_the_absent_first()
    {
        var output = new StringWriter();
        var field = ConnectionFields.Set.Find("conn.id")!;
        var rows = new SortedRows(SeparatedValues.ByTabs(output, [field]), 0, field, descending: false);
        foreach (var cell in (string[])["10", "9.5", "", "-2"])
        {
            rows.Add([cell]);
        }

        rows.End();
        Assert.Equal("conn.id\n\n-2\n9.5\n10\n", output.ToString());
    }

    private static string Text(long value, int decimals)
    {
        Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
        return Encoding.ASCII.GetString(digits[..DecimalText.Write(value, decimals, digits)]);
    }
}
