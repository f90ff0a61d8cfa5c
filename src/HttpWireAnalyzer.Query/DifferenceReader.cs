using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Query;

/// <summary>A change of a value, written with its sign: +10%, -20ms, +3.</summary>
public static class DifferenceReader
{
    /// <summary>In the smallest unit of the kind, as <see cref="AggregateValue.Number"/>; null where the text is none.</summary>
    /// <param name="kind">Of a number; not of an address, a flag or a time.</param>
    public static Int128? Read(FieldKind kind, string text) =>
        kind is FieldKind.Address or FieldKind.Flag or FieldKind.Time ? null : LiteralReader.Read(kind, text)?.Low;

    /// <summary>The same of a rate: +5/s.</summary>
    public static Int128? ReadRate(string text) => LiteralReader.Rate(text)?.Low;
}
