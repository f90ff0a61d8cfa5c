using System.Diagnostics;
using System.Text.RegularExpressions;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>A question about a text.</summary>
public abstract class TextTest
{
    public abstract bool Holds(ReadOnlySpan<char> text);
}

/// <summary>By code point; capital letters are others than small ones.</summary>
internal sealed class TextComparison(FilterOperator comparison, string value) : TextTest
{
    public override bool Holds(ReadOnlySpan<char> text) => comparison == FilterOperator.Contains
        ? text.Contains(value, StringComparison.Ordinal)
        : Holds(comparison, text.SequenceCompareTo(value));

    /// <param name="order">Negative where the left one is less.</param>
    public static bool Holds(FilterOperator comparison, int order) => comparison switch
    {
        FilterOperator.Equal => order == 0,
        FilterOperator.NotEqual => order != 0,
        FilterOperator.Less => order < 0,
        FilterOperator.LessOrEqual => order <= 0,
        FilterOperator.Greater => order > 0,
        FilterOperator.GreaterOrEqual => order >= 0,
        _ => throw new UnreachableException(),
    };
}

/// <summary>Any of several texts, or between two of them.</summary>
internal sealed class TextSet(IReadOnlyList<(string Low, string High)> ranges) : TextTest
{
    public override bool Holds(ReadOnlySpan<char> text)
    {
        foreach (var (low, high) in ranges)
        {
            if (text.SequenceCompareTo(low) >= 0 && text.SequenceCompareTo(high) <= 0)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A regular expression that takes time in proportion to the text, whatever both are.</summary>
public sealed partial class TextPattern : TextTest
{
    private readonly Regex _regex;

    private TextPattern(Regex regex) => _regex = regex;

    /// <summary>Null, with the reason, for what is no expression, or one that only backtracking could find.</summary>
    public static TextPattern? Of(string pattern, out string? wrong)
    {
        if (PosixClass().IsMatch(pattern))
        {
            wrong = @"classes such as [:digit:] are not known; \d \w \s and [0-9] are";
            return null;
        }

        try
        {
            wrong = null;
            return new TextPattern(new Regex(
                pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // The class reports every bad pattern so; it has no way to ask first.
            wrong = error is NotSupportedException
                ? "it needs backtracking (look-around, back-references), or is too large"
                : error.Message.TrimEnd('.');
            return null;
        }
    }

    public override bool Holds(ReadOnlySpan<char> text) => _regex.IsMatch(text);

    /// <summary>Wireshark's expressions have them; ours would take them for a set of those letters.</summary>
    [GeneratedRegex(@"\[\^?[^\]]*\[:\^?[a-z]+:\]", RegexOptions.CultureInvariant)]
    private static partial Regex PosixClass();
}
