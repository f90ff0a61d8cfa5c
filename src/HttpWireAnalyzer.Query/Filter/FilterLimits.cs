namespace HttpWireAnalyzer.Query.Filter;

/// <summary>How large a filter may be. A person's fits many times; a machine's that does not is refused with these numbers.</summary>
public static class FilterLimits
{
    /// <summary>Characters: room for an "in" of a few thousand addresses.</summary>
    public const int Length = 64 * 1024;

    /// <summary>Parentheses and "not" inside each other: each costs a few frames of the stack.</summary>
    public const int Depth = 100;

    /// <summary>Comparisons, each "in" counted once: what is known of them is one bit each in a word of 64.</summary>
    public const int Comparisons = 64;
}
