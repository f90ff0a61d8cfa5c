using System.Globalization;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting;

/// <summary>
/// The order of the cells of one column, by what its field is: absent first, then numbers by value, words that have an order
/// in theirs, and text by code point, whatever it looks like.
/// </summary>
internal sealed class CellOrder(Field field) : Comparer<string>
{
    public override int Compare(string? one, string? other)
    {
        if (string.IsNullOrEmpty(one) || string.IsNullOrEmpty(other))
        {
            return (string.IsNullOrEmpty(one) ? 0 : 1) - (string.IsNullOrEmpty(other) ? 0 : 1);
        }

        return field.Kind switch
        {
            FieldKind.Number or FieldKind.Time or FieldKind.Duration or FieldKind.Milliseconds or FieldKind.Ratio or FieldKind.Mean =>
                Value(one).CompareTo(Value(other)),
            FieldKind.Numbers => CompareEach(one.Split(','), other.Split(',')),
            FieldKind.Word when field.IsOrdered => Rank(one).CompareTo(Rank(other)),
            _ => string.CompareOrdinal(one, other),
        };
    }

    private static int CompareEach(string[] one, string[] other) =>
        one.Zip(other, (left, right) => Value(left).CompareTo(Value(right))).FirstOrDefault(order => order != 0) is not 0 and var order
            ? order
            : one.Length.CompareTo(other.Length);

    private static decimal Value(string cell) =>
        decimal.Parse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private int Rank(string cell) => field.Words!.TakeWhile(word => word.Text != cell).Count();
}
