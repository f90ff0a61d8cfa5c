using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.Cli;

/// <summary>A display filter that cannot be understood; the message shows where.</summary>
internal sealed class FilterException(FilterError error, string filter) : Exception($"-Y: {error.Message}")
{
    /// <summary>The filter, safe to show, and a caret under what is wrong with it.</summary>
    public IReadOnlyList<string> Picture => CaretPicture.Of(filter, error.Span.Start, error.Span.End);
}
