using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.UnitTests.Query.Filter;

public class FilterParserTests
{
    [Theory]
    [InlineData("a || b && !c", "a || b && !c")]
    [InlineData("(a or b) and not c", "(a || b) && !c")]
    [InlineData("not a == 1 and b", "!(a == 1) && b")]
    [InlineData("a or b or c", "a || b || c")]
    [InlineData("a || (b || c)", "a || (b || c)")]
    [InlineData("not (not a)", "!!a")]
    [InlineData("a eq 1 and b ne 2 or c lt 3", "a == 1 && b != 2 || c < 3")]
    [InlineData("a ~= 1 || a !== 1 || a any_ne 1", "any a != 1 || any a != 1 || any a != 1")]
    [InlineData("a === 1 || a all_ne 1", "all a == 1 || all a != 1")]
    [InlineData("a in {1, 2..3 \"x\"}", "a in {1, 2 .. 3, \"x\"}")]
    [InlineData("a not in {1}", "!(a in {1})")]
    [InlineData("a ~ r\"\\.png$\"", "a matches \"\\\\.png$\"")]
    [InlineData("a == 'it\\'s \\x41\\u00e9'", "a == \"it's A\\u00e9\"")]
    [InlineData("a[0:4] == b && a[2] == c && a[1-3] == d && a[-2:] == e", "a[0:4] == b && a[2:1] == c && a[1:3] == d && a[-2:] == e")]
    [InlineData("any exchange (a && b) || all packet (c)", "any exchange (a && b) || all packet (c)")]
    [InlineData("a==10.0.0.0/8&&b==fe80::1", "a == 10.0.0.0/8 && b == fe80::1")]
    public void Reads_Wiresharks_grammar(string text, string expected)
    {
        var expression = FilterParser.Parse(text, out var error);
        Assert.Null(error);
        Assert.Equal(expected, FilterPrinter.Print(expression!));
    }

    [Theory]
    [InlineData("", 0, 0, "a filter is wanted")]
    [InlineData("a ==", 4, 0, "a value is wanted here, and the filter ends")]
    [InlineData("a = 1", 2, 1, "'==' is wanted")]
    [InlineData("a & b", 2, 1, "'&&' is wanted")]
    [InlineData("(a || b", 7, 0, "')' is wanted")]
    [InlineData("a b", 2, 1, "an operator is wanted here")]
    [InlineData("and a == 1", 0, 3, "a field is wanted here")]
    [InlineData("a and or b", 6, 2, "a field is wanted here")]
    [InlineData("a and", 5, 0, "a field is wanted here, such as conn.close.reason (hwa fields lists them), and the filter ends")]
    [InlineData("NOT a == 1", 0, 3, "'not' is written in small letters")]
    [InlineData("1 < a", 0, 1, "the field stands first, and the value behind the operator")]
    [InlineData("\"x\" == a", 0, 3, "the field stands first")]
    [InlineData("len(a) > 1", 0, 3, "'len' cannot be called")]
    [InlineData("sum(a) > max(b)", 9, 3, "an aggregate is compared with a value, not with another one.")]
    [InlineData("any exchange http.request", 13, 12, "what a record has to fit stands in parentheses, as in any exchange (http.response.code == 502).")]
    [InlineData("median(a) > 1", 0, 6, "'median' cannot be called. Aggregates are count, ratio,")]
    [InlineData("a == 1)", 6, 1, "no '(' stands open for this")]
    [InlineData("a == 1 AND b", 7, 3, "'and' is written in small letters")]
    [InlineData("a == 1 or 2", 10, 1, "several values are a set: tcp.port in {80, 443}")]
    [InlineData("a > 5 ms", 6, 2, "a unit stands right behind its number")]
    [InlineData("a not contains b", 2, 3, "'not' stands before the field")]
    [InlineData("a => 1", 2, 1, "'>=' is wanted")]
    [InlineData("a =~ b", 2, 1, "'matches' is wanted")]
    [InlineData("a in (1, 2)", 5, 1, "a set is wanted here, such as {80, 443}")]
    [InlineData("a == 1 b", 7, 1, "'and' or 'or' is wanted here")]
    [InlineData("a == \"x", 5, 2, "no closing quote")]
    [InlineData("a == \"\\d\"", 6, 2, "r\"…\" takes a backslash as it is")]
    [InlineData("a == \"\\x4\"", 6, 4, "2 hexadecimal digits")]
    [InlineData("a[x] == 1", 2, 1, "a part is wanted here")]
    [InlineData("a in 1", 5, 1, "a set is wanted here")]
    [InlineData("a == $b", 5, 1, "'$' has no meaning")]
    [InlineData("tcp port 80", 0, 8, "this looks like a capture filter (BPF); use -f")]
    [InlineData("host 1.2.3.4", 0, 12, "this looks like a capture filter (BPF); use -f")]
    [InlineData("tcp[tcpflags] & tcp-rst != 0", 0, 4, "this looks like a capture filter (BPF); use -f")]
    public void An_error_says_where_and_what_was_wanted(string text, int start, int length, string message)
    {
        Assert.Null(FilterParser.Parse(text, out var error));
        Assert.Contains(message, error!.Message);
        Assert.Equal(new FilterSpan(start, length), error.Span);
    }

    [Fact]
    public void Depth_length_and_comparisons_are_limited()
    {
        var deepest = FilterLimits.Depth - 1;
        Assert.NotNull(FilterParser.Parse(new string('(', deepest) + "a" + new string(')', deepest), out _));
        Assert.Null(FilterParser.Parse(new string('(', 100_000 / 2), out var deep));
        Assert.Contains("100 deep", deep!.Message);
        Assert.Null(FilterParser.Parse(new string('!', 50_000), out _));
        Assert.Null(FilterParser.Parse(new string('a', FilterLimits.Length + 1), out var large));
        Assert.Contains("65536 characters", large!.Message);
        Assert.NotNull(FilterParser.Parse(string.Join("&&", Enumerable.Repeat("a", FilterLimits.Comparisons)), out _));
        Assert.Null(FilterParser.Parse(string.Join("&&", Enumerable.Repeat("a", 10_000)), out var many));
        Assert.Contains("at most 64 comparisons", many!.Message);
    }
}
