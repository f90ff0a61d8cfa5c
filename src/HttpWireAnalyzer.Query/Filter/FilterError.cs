namespace HttpWireAnalyzer.Query.Filter;

/// <summary>A part of a filter's text.</summary>
/// <param name="Start">Characters before it.</param>
public readonly record struct FilterSpan(int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>From the start of this one to the end of <paramref name="last"/>.</summary>
    public FilterSpan To(FilterSpan last) => new(Start, last.End - Start);
}

/// <summary>Why a filter cannot be understood, and where.</summary>
/// <param name="Message">A sentence or more: what was wanted, what stands there.</param>
public sealed record FilterError(string Message, FilterSpan Span);
