using System.Globalization;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>What may stand in the brackets after a field.</summary>
internal static class FilterSlices
{
    /// <summary>Null for what is none: i, i:length, i-last, :length, i:.</summary>
    public static FilterSlice? Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            var offset = colon == 0 ? 0 : Number(text[..colon], NumberStyles.AllowLeadingSign);
            var length = Number(text[(colon + 1)..], NumberStyles.None);
            return offset is { } from && (length > 0 || colon == text.Length - 1) ? new FilterSlice(from, length) : null;
        }

        // A minus before the first digit is a sign; one between two numbers goes from place to place.
        var dash = text.IndexOf('-', int.Min(1, text.Length));
        if (dash > 0)
        {
            var first = Number(text[..dash], NumberStyles.None);
            var last = Number(text[(dash + 1)..], NumberStyles.None);
            return first is { } from && last >= from ? new FilterSlice(from, last - from + 1) : null;
        }

        return Number(text, NumberStyles.AllowLeadingSign) is { } one ? new FilterSlice(one, 1) : null;
    }

    private static int? Number(string digits, NumberStyles style) =>
        int.TryParse(digits, style, CultureInfo.InvariantCulture, out var number) && number is > -100_000 and < 100_000
            ? number
            : null;
}
