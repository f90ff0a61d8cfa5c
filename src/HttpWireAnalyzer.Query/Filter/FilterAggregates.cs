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

    /// <summary>The least value that half of the values do not exceed (nearest rank); the others the same.</summary>
    P50,
    P95,
    P99,
}

/// <summary>How aggregates are written.</summary>
public static class FilterAggregates
{
    private static readonly string[] All =
        [.. Enum.GetNames<FilterAggregateFunction>().Select(name => name.ToLowerInvariant())];

    public static IReadOnlyList<string> Names => All;

    public static string NameOf(FilterAggregateFunction function) => All[(int)function];

    /// <summary>It asks whether records fit; the others take the values of a field.</summary>
    public static bool Counts(FilterAggregateFunction function) => function <= FilterAggregateFunction.Rate;

    /// <summary>Null for another word.</summary>
    internal static FilterAggregateFunction? Find(FilterToken token) =>
        token.Kind == FilterTokenKind.Bare && Array.IndexOf(All, token.Text) is >= 0 and var index
            ? (FilterAggregateFunction)index
            : null;
}
