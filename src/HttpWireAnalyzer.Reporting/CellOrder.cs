using System.Globalization;

namespace HttpWireAnalyzer.Reporting;

/// <summary>The order of cells of one column: absent first, then numbers by value, then text by code point.</summary>
internal static class CellOrder
{
    public static int Compare(string? one, string? other)
    {
        var (rank, number) = Key(one);
        var (otherRank, otherNumber) = Key(other);
        return rank != otherRank ? rank.CompareTo(otherRank)
            : rank == 1 ? number.CompareTo(otherNumber)
            : string.CompareOrdinal(one, other);
    }

    private static (int Rank, decimal Number) Key(string? cell)
    {
        if (string.IsNullOrEmpty(cell))
        {
            return (0, 0);
        }

        return decimal.TryParse(
            cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? (1, number)
            : (2, 0);
    }
}
