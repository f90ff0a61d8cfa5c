namespace HttpWireAnalyzer.Query.Filter;

/// <summary>How operators are written.</summary>
internal static class FilterOperators
{
    private static readonly Dictionary<string, FilterSign> Signs = new()
    {
        ["=="] = new(FilterOperator.Equal, FilterQuantifier.Unsaid),
        ["eq"] = new(FilterOperator.Equal, FilterQuantifier.Unsaid),
        ["any_eq"] = new(FilterOperator.Equal, FilterQuantifier.Any),
        ["==="] = new(FilterOperator.Equal, FilterQuantifier.All),
        ["all_eq"] = new(FilterOperator.Equal, FilterQuantifier.All),
        ["!="] = new(FilterOperator.NotEqual, FilterQuantifier.Unsaid),
        ["ne"] = new(FilterOperator.NotEqual, FilterQuantifier.Unsaid),
        ["all_ne"] = new(FilterOperator.NotEqual, FilterQuantifier.All),
        ["~="] = new(FilterOperator.NotEqual, FilterQuantifier.Any),
        ["!=="] = new(FilterOperator.NotEqual, FilterQuantifier.Any),
        ["any_ne"] = new(FilterOperator.NotEqual, FilterQuantifier.Any),
        ["<"] = new(FilterOperator.Less, FilterQuantifier.Unsaid),
        ["lt"] = new(FilterOperator.Less, FilterQuantifier.Unsaid),
        ["<="] = new(FilterOperator.LessOrEqual, FilterQuantifier.Unsaid),
        ["le"] = new(FilterOperator.LessOrEqual, FilterQuantifier.Unsaid),
        [">"] = new(FilterOperator.Greater, FilterQuantifier.Unsaid),
        ["gt"] = new(FilterOperator.Greater, FilterQuantifier.Unsaid),
        [">="] = new(FilterOperator.GreaterOrEqual, FilterQuantifier.Unsaid),
        ["ge"] = new(FilterOperator.GreaterOrEqual, FilterQuantifier.Unsaid),
        ["contains"] = new(FilterOperator.Contains, FilterQuantifier.Unsaid),
        ["matches"] = new(FilterOperator.Matches, FilterQuantifier.Unsaid),
        ["~"] = new(FilterOperator.Matches, FilterQuantifier.Unsaid),
    };

    /// <summary>The words that may follow a field, for completion.</summary>
    public static IEnumerable<string> Names => Signs.Keys.Append("in");

    /// <summary>Null for what is no operator.</summary>
    public static FilterSign? Of(FilterToken token) =>
        token.Kind is FilterTokenKind.Bare or FilterTokenKind.Symbol && Signs.TryGetValue(token.Text, out var sign) ? sign : null;

    /// <summary>A word of the language, which is therefore no field.</summary>
    public static bool IsKeyword(string word) => word is "and" or "or" or "not" or "in" or "any" or "all" || Signs.ContainsKey(word);
}

/// <param name="Quantifier">What its spelling says of several values.</param>
internal readonly record struct FilterSign(FilterOperator Operator, FilterQuantifier Quantifier);
