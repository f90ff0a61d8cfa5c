using System.Diagnostics;
using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>A measure as a value: exact, the same in every language.</summary>
internal static class MeasureValue
{
    /// <summary>It is a number in JSON, not a string.</summary>
    public static bool IsNumber(in Measure measure) => measure.Unit is MeasureUnit.Count or MeasureUnit.Octets or MeasureUnit.Frame;

    public static string Of(in Measure measure) => measure.Unit switch
    {
        MeasureUnit.Count or MeasureUnit.Octets or MeasureUnit.Frame => measure.Value.ToString(CultureInfo.InvariantCulture),
        MeasureUnit.Nanoseconds => Decimal(measure.Value, 9),
        MeasureUnit.Thousandths or MeasureUnit.ThousandthsPerSecond => Decimal(measure.Value, 3),
        MeasureUnit.Mean => Decimal(measure.Value, 4),
        MeasureUnit.Reason => Words.WhyClosed[(int)measure.Value].Text,
        MeasureUnit.End => Words.Sides[measure.Value == (long)Side.Client ? (int)Side.Client : (int)Side.Server].Text,
        MeasureUnit.Text => measure.IsOfOctets ? WireText.Of(measure.Text ?? "") : measure.Text ?? "",
        _ => throw new UnreachableException(),
    };

    private static string Decimal(long value, int decimals)
    {
        Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
        return Encoding.ASCII.GetString(digits[..DecimalText.Write(value, decimals, digits)]);
    }
}
