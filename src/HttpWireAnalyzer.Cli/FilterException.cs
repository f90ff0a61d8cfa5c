using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Cli;

/// <summary>A display filter that cannot be understood; the message shows where.</summary>
internal sealed class FilterException(FilterError error, string filter) : Exception($"-Y: {error.Message}")
{
    /// <summary>A filter longer than this is shown around the error only.</summary>
    private const int Shown = 100;

    /// <summary>The filter, safe to show, and a caret under what is wrong with it.</summary>
    public IReadOnlyList<string> Picture
    {
        get
        {
            var start = int.Max(0, error.Span.Start - Shown / 2);
            var end = int.Min(filter.Length, start + Shown);
            var before = PrintableText.Of(filter[start..error.Span.Start]).Length;
            var marked = PrintableText.Of(filter[error.Span.Start..int.Clamp(error.Span.End, error.Span.Start, end)]).Length;
            return
            [
                "  " + PrintableText.Of(filter[start..end]),
                "  " + new string(' ', before) + "^" + new string('~', int.Max(0, marked - 1)),
            ];
        }
    }
}
