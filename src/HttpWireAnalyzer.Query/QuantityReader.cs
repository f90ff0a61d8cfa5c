using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Query;

/// <summary>Sizes, durations and shares of options, written as in a display filter.</summary>
public static class QuantityReader
{
    /// <summary>Octets of 100, 64MB or 1GiB; null where the text is no size above 0.</summary>
    public static long? Octets(string text) => Positive(FieldKind.Number, text);

    /// <summary>Nanoseconds of 200ms, 1.5s, 2m; a plain number is seconds. Null where the text is no duration above 0.</summary>
    public static long? Nanoseconds(string text) => Positive(FieldKind.Duration, text);

    /// <summary>Thousandths of 20% or 0.2; null where the text is no share, a negative one, or finer than a thousandth.</summary>
    public static long? Thousandths(string text)
    {
        const long Scale = FieldScale.Ratio / 1000;
        return LiteralReader.Read(FieldKind.Ratio, text.Replace(" %", "%", StringComparison.Ordinal)) is { } range
            && range.Low >= 0 && range.Low % Scale == 0
                ? (long)range.Low / Scale
                : null;
    }

    private static long? Positive(FieldKind kind, string text) =>
        LiteralReader.Read(kind, text) is { } range && range.Low > 0 ? (long)range.Low : null;
}
