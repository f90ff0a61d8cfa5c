using System.Globalization;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>What is made of all records that are selected.</summary>
public enum FilterAggregateFunction : byte
{
    /// <summary>How many fit.</summary>
    Count,

    /// <summary>How many fit, of all.</summary>
    Ratio,

    /// <summary>How many fit, a second of the capture.</summary>
    Rate,

    /// <summary>How many different values a field has.</summary>
    Distinct,
    Min,
    Max,
    Sum,

    /// <summary>The mean of a field's values.</summary>
    Avg,

    /// <summary>The least value that so many of a hundred do not exceed (nearest rank).</summary>
    Percentile,
}

/// <summary>How aggregates are written.</summary>
public static class FilterAggregates
{
    private const string PercentileLetter = "p";

    private static readonly string[] Whole =
    [
        .. Enum.GetValues<FilterAggregateFunction>().Where(function => function != FilterAggregateFunction.Percentile)
            .Select(function => NameOf(function, 0)),
    ];

    /// <summary>Of percentiles, the usual ones.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Whole, "p50", "p95", "p99"];

    /// <summary>All of them, for messages.</summary>
    internal static string Listed { get; } = $"{string.Join(", ", Whole)}, and percentiles such as p50, p95 and p99.9";

    /// <param name="percent">Of a percentile; of no meaning for the others.</param>
    public static string NameOf(FilterAggregateFunction function, decimal percent) => function == FilterAggregateFunction.Percentile
        ? PercentileLetter + percent.ToString(CultureInfo.InvariantCulture)
        : function.ToString().ToLowerInvariant();

    /// <summary>It asks whether records fit; the others take the values of a field.</summary>
    public static bool Counts(FilterAggregateFunction function) => function <= FilterAggregateFunction.Rate;

    /// <summary>Null for another word.</summary>
    internal static FilterAggregateFunction? Find(FilterToken token, out decimal percent)
    {
        percent = PercentOf(token.Text) ?? 0;
        if (token.Kind != FilterTokenKind.Bare)
        {
            return null;
        }

        return percent is > 0 and < 100 ? FilterAggregateFunction.Percentile
            : Array.IndexOf(Whole, token.Text) is >= 0 and var index ? (FilterAggregateFunction)index
            : null;
    }

    /// <summary>Why a word that is called is no aggregate, and what was meant.</summary>
    internal static string WhyNot(string name) => PercentOf(name) is not null
        ? $"{name} is no percentile: those are above 0 and below 100, such as p50, p95 or p99.9; min(…) and max(…) are the ends"
        : $"'{name}' cannot be called.{Suggestion.For(name, Names)} Aggregates are {Listed}; fields are compared as they are, and 'matches' ignores case";

    private static decimal? PercentOf(string name) => name.StartsWith(PercentileLetter, StringComparison.Ordinal)
        && decimal.TryParse(name.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            ? percent
            : null;
}
