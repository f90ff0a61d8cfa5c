using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Query;

/// <summary>Sizes and durations of options, written as in a display filter.</summary>
public static class QuantityReader
{
    /// <summary>Octets of 100, 64MB or 1GiB; null where the text is no size above 0.</summary>
    public static long? Octets(string text) => Positive(FieldKind.Number, text);

    /// <summary>Nanoseconds of 200ms, 1.5s, 2m; a plain number is seconds. Null where the text is no duration above 0.</summary>
    public static long? Nanoseconds(string text) => Positive(FieldKind.Duration, text);

    private static long? Positive(FieldKind kind, string text) =>
        LiteralReader.Read(kind, text) is { } range && range.Low > 0 ? (long)range.Low : null;
}
