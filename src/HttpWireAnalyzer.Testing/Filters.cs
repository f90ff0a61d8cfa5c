using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Checks;

namespace HttpWireAnalyzer.Testing;

/// <summary>Filters and expectations out of strings. One that is wrong is a mistake in the test's code.</summary>
internal static class Filters
{
    /// <param name="named">The record's own fields that it names.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static BoundFilter Filter(string text, RecordKind kind, out IReadOnlyList<Field> named)
    {
        var scope = RecordKinds.ScopeOf(kind, FindingRecords.English);
        var written = Parse(text);
        named = FilterNames.FieldsOf(written, scope.Own);
        return FilterBinder.Bind(written, scope, out var error) ?? throw Wrong(text, error!);
    }

    /// <exception cref="ArgumentException">It is none.</exception>
    public static BoundExpectation Expectation(string text, RecordKind kind) =>
        ExpectationBinder.Bind(Parse(text), text, RecordKinds.ScopeOf(kind, FindingRecords.English), out var error)
        ?? throw Wrong(text, error!);

    /// <summary>Of a step of a sequence, which is about an exchange alone.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static BoundFilter Step(string text) =>
        FilterBinder.Bind(Parse(text), SequenceSteps.Scope, out var error) ?? throw Wrong(text, error!);

    private static FilterExpression Parse(string text) => FilterParser.Parse(text, out var error) ?? throw Wrong(text, error!);

    private static ArgumentException Wrong(string text, FilterError error) =>
        new(string.Join('\n', [error.Message, .. CaretPicture.Of(text, error.Span.Start, error.Span.End)]));
}
