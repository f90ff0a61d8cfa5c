namespace HttpWireAnalyzer.Query.Filter;

/// <param name="Text">What it means: a string without its quotes, its escapes read; of others, as written.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, FilterSpan Span)
{
    public bool IsSymbol(string symbol) => Kind == FilterTokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == FilterTokenKind.Bare && Text == word;
}

internal enum FilterTokenKind : byte
{
    /// <summary>A name, keyword, number, address, time or word.</summary>
    Bare,

    /// <summary>A string in quotes.</summary>
    Quoted,

    /// <summary>==, !=, &amp;&amp; and the like.</summary>
    Symbol,

    /// <summary>Behind the last character.</summary>
    End,
}
