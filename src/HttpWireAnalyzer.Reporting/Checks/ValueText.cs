using System.Globalization;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>Measured values for people, by the kind of their field: exact, as they were compared.</summary>
internal static class ValueText
{
    public static string Of(Field field, in FieldValue value) =>
        value.Text is { } text ? PrintableText.Of(text) : Of(field.Kind, value.Number);

    /// <param name="number">As <see cref="AggregateValue.Number"/> is given.</param>
    public static string Of(FieldKind kind, Int128 number) => kind switch
    {
        FieldKind.Duration or FieldKind.Milliseconds => Quantity.ExactDuration(Clamped(number)),
        FieldKind.Time => Quantity.Time(new Timestamp(Clamped(number))),
        FieldKind.Ratio => string.Create(CultureInfo.InvariantCulture, $"{(decimal)number * 100 / FieldScale.Ratio:0.####} %"),
        FieldKind.Mean => string.Create(CultureInfo.InvariantCulture, $"{(decimal)number / FieldScale.Mean:0.####}"),
        FieldKind.Flag => number == 0 ? "false" : "true",
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    private static long Clamped(Int128 number) => (long)Int128.Clamp(number, long.MinValue, long.MaxValue);
}
