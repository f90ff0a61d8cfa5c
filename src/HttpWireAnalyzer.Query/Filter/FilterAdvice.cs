namespace HttpWireAnalyzer.Query.Filter;

/// <summary>What to write where a filter goes on in a way that the language does not have.</summary>
internal static class FilterAdvice
{
    /// <param name="expression">A whole filter, but for <paramref name="next"/> behind it.</param>
    public static string Behind(FilterExpression expression, FilterToken next)
    {
        if (next.IsSymbol(")"))
        {
            return "no '(' stands open for this";
        }

        if (InSmallLetters(next) is { } small)
        {
            return small;
        }

        if (expression is FilterPresence { Quantifier: not FilterQuantifier.Unsaid } record && !record.Field.Name.Contains('.', StringComparison.Ordinal))
        {
            return "what a record has to fit stands in parentheses, as in any exchange (http.response.code == 502)";
        }

        if (expression is FilterPresence)
        {
            return next.IsWord("not")
                ? "'not' stands before the field; behind it there is only 'not in'"
                : "an operator is wanted here (== != < > in contains matches), or 'and' or 'or'";
        }

        return next.Kind == FilterTokenKind.Bare
            ? "'and' or 'or' is wanted here; a unit stands right behind its number, and a text with spaces in quotes"
            : "'and' or 'or' is wanted here";
    }

    /// <summary>Null where the token can be the name of a field.</summary>
    public static string? ForField(IReadOnlyList<FilterToken> tokens, int at)
    {
        var token = tokens[at];
        if (token.Kind == FilterTokenKind.Quoted || (token.Kind == FilterTokenKind.Bare && char.IsAsciiDigit(token.Text[0])))
        {
            return FilterOperators.Of(tokens[at + 1]) is null
                ? "a field is wanted here; several values are a set: tcp.port in {80, 443}"
                : "the field stands first, and the value behind the operator: tcp.port == 80";
        }

        return token.Kind != FilterTokenKind.Bare || FilterOperators.IsKeyword(token.Text)
            ? "a field is wanted here, such as conn.close.reason (hwa fields lists them)"
            : InSmallLetters(token);
    }

    /// <summary>Null for what is no word of the language in capital letters.</summary>
    private static string? InSmallLetters(FilterToken token)
    {
        var small = token.Text.ToLowerInvariant();
        return token.Kind == FilterTokenKind.Bare && token.Text != small && FilterOperators.IsKeyword(small)
            ? $"'{small}' is written in small letters"
            : null;
    }
}
