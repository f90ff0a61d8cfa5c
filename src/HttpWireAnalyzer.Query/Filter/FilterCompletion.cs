using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>What may be written at a place of a filter.</summary>
/// <param name="Replaced">The part of the text that a candidate takes the place of: what has been typed of it.</param>
/// <param name="Candidates">In the order in which they are offered.</param>
public sealed record FilterCompletion(FilterSpan Replaced, IReadOnlyList<string> Candidates)
{
    private static readonly string[] Junctions = ["&&", "||"];

    /// <param name="cursor">Characters before the cursor; what stands behind it is not looked at.</param>
    public static FilterCompletion Complete(string text, int cursor, FilterScope scope)
    {
        var typed = text[..int.Clamp(cursor, 0, int.Min(text.Length, FilterLimits.Length))];
        var lexer = new FilterLexer(typed);
        var tokens = lexer.Read();
        var end = new FilterSpan(typed.Length, 0);
        if (lexer.Error is not null)
        {
            return new FilterCompletion(end, []);
        }

        // The last token is the end; a bare one that touches it is still being typed.
        var count = tokens.Count - 1;
        var isTyping = count > 0 && tokens[count - 1].Kind == FilterTokenKind.Bare && tokens[count - 1].Span.End == typed.Length;
        var before = isTyping ? count - 1 : count;
        var begun = isTyping ? tokens[before] : new FilterToken(FilterTokenKind.Bare, "", end);
        return new FilterCompletion(begun.Span, [.. CandidatesAfter(tokens, before, scope)
            .Where(candidate => candidate.StartsWith(begun.Text, StringComparison.OrdinalIgnoreCase))]);
    }

    private static IEnumerable<string> CandidatesAfter(IReadOnlyList<FilterToken> tokens, int count, FilterScope scope)
    {
        var expected = Expectation.Operand;
        var field = "";
        for (var i = 0; i < count; i++)
        {
            (expected, field) = After(expected, field, tokens[i]);
        }

        return expected switch
        {
            Expectation.Operand => scope.Names.Concat(["not", "any", "all"]),
            Expectation.Test => FilterOperators.Names.Concat(Junctions).Where(word => !char.IsAsciiLetter(word[0]) || word.Length > 2 || word == "in"),
            Expectation.Junction => Junctions.Concat(["and", "or"]),
            _ => ValuesOf(scope.Find(field)),
        };
    }

    private static (Expectation Expected, string Field) After(Expectation expected, string field, FilterToken token)
    {
        switch (token.Text)
        {
            case "{" or "," or "..":
                return (Expectation.Value, field);
            case "&&" or "||" or "!" or "(" or "and" or "or" or "not" or "any" or "all" when expected != Expectation.Value:
                return (Expectation.Operand, "");
            case ")" or "}":
                return (Expectation.Junction, "");
        }

        return expected switch
        {
            Expectation.Operand => (Expectation.Test, token.Text),
            Expectation.Test when token.Text == "in" || FilterOperators.Of(token) is not null => (Expectation.Value, field),
            Expectation.Value => (Expectation.Junction, field),
            _ => (expected, field),
        };
    }

    private static IEnumerable<string> ValuesOf(NamedField? field) => field switch
    {
        { Words: { } words } => words.Select(word => word.Text),
        { Kind: FieldKind.Flag } => ["true", "false"],
        _ => [],
    };

    private enum Expectation : byte
    {
        Operand,
        Test,
        Value,
        Junction,
    }
}
