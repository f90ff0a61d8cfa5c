using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.UnitTests.Reporting;

public class WrappingTests
{
    [Theory]
    [InlineData("it took 19 µs, then", 11, "it took|19 µs, then")]
    [InlineData("after 10 min 05 s of it", 12, "after|10 min 05 s|of it")]
    [InlineData("sent 60 000 octets now", 13, "sent|60 000 octets|now")]
    [InlineData("(#8, #9, #10)", 8, "(#8, #9,|#10)")]
    [InlineData("유휴 시간은 1.003 s입니다", 16, "유휴 시간은|1.003 s입니다")]
    [InlineData("모두 43.8 ms(Nagle 알고리즘)", 17, "모두|43.8 ms(Nagle|알고리즘)")]
    [InlineData("one", 1, "one")]
    [InlineData("", 10, "")]
    public void A_number_and_its_unit_stay_together(string text, int width, string expected) =>
        Assert.Equal(expected, string.Join('|', Wrapping.Words(text, width)));

    [Theory]
    [InlineData("200  6 B  after 3.9 ms  timeout=5", 20, "200  6 B|after 3.9 ms|timeout=5")]
    [InlineData("200  6 B  after 3.9 ms  timeout=5", 80, "200  6 B  after 3.9 ms  timeout=5")]
    public void Columns_break_between_two_things_said(string text, int width, string expected) =>
        Assert.Equal(expected, string.Join('|', Wrapping.At("  ", text, width)));
}
