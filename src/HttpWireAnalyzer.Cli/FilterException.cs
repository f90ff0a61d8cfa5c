using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.Cli;

/// <summary>A display filter that cannot be understood; the message shows where.</summary>
/// <param name="option">That it stood behind.</param>
internal sealed class FilterException(FilterError error, string filter, string option) : Exception($"{option}: {error.Message}")
{
    /// <summary>The filter, safe to show, and a caret under what is wrong with it.</summary>
    public IReadOnlyList<string> Picture => CaretPicture.Of(filter, error.Span.Start, error.Span.End);
}
