using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>One comparison of a filter, asked of every value that its field has. A value of another kind never holds.</summary>
/// <param name="bit">Its place in <see cref="AtomBits"/>.</param>
internal abstract class FilterAtom(ulong bit)
{
    public ulong Bit { get; } = bit;

    /// <summary>False for values that are not of the field at all.</summary>
    public virtual bool Concerns(Address address) => true;

    public virtual bool Holds(Int128 number) => false;

    public virtual bool Holds(Address address) => Holds(RangeSet.NumberOf(address));

    public virtual bool Holds(string text) => false;

    public virtual bool Holds(Word word) => false;
}

/// <summary>The field is there.</summary>
internal sealed class PresenceAtom(ulong bit, AliasFamily family) : FilterAtom(bit)
{
    public override bool Concerns(Address address) => AddressAtom.IsOf(family, address);

    public override bool Holds(Int128 number) => true;

    public override bool Holds(string text) => true;

    public override bool Holds(Word word) => true;
}

internal sealed class NumberAtom(ulong bit, RangeSet numbers) : FilterAtom(bit)
{
    public override bool Holds(Int128 number) => numbers.Contains(number);
}

internal sealed class AddressAtom(ulong bit, AliasFamily family, RangeSet numbers) : FilterAtom(bit)
{
    public static bool IsOf(AliasFamily family, Address address) =>
        family == AliasFamily.Any || address.IsIpv4 == (family == AliasFamily.Ipv4);

    public override bool Concerns(Address address) => IsOf(family, address);

    public override bool Holds(Int128 number) => numbers.Contains(number);
}

/// <summary>Some octets of an address, as text: 0a:00.</summary>
internal sealed class AddressPartAtom(ulong bit, AliasFamily family, FilterSlice slice, TextTest test) : FilterAtom(bit)
{
    private const int Ipv4Offset = 12;
    private const string Digits = "0123456789abcdef";

    public override bool Concerns(Address address) => AddressAtom.IsOf(family, address);

    public override bool Holds(Address address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.CopyTo(octets);
        octets = address.IsIpv4 ? octets[Ipv4Offset..] : octets;
        if (slice.PartOf(octets.Length) is not { } part)
        {
            return false;
        }

        Span<char> text = stackalloc char[16 * 3];
        var length = 0;
        foreach (var octet in octets[part])
        {
            if (length > 0)
            {
                text[length++] = ':';
            }

            text[length++] = Digits[octet >> 4];
            text[length++] = Digits[octet & 0xF];
        }

        return test.Holds(text[..length]);
    }
}

/// <param name="slice">The part of each text that is asked about; a text that has no such part does not hold.</param>
internal sealed class TextAtom(ulong bit, TextTest test, FilterSlice? slice) : FilterAtom(bit)
{
    public override bool Holds(string text)
    {
        if (slice is null)
        {
            return test.Holds(text);
        }

        return slice.Value.PartOf(text.Length) is { } part && test.Holds(text.AsSpan()[part]);
    }
}

/// <param name="accepted">Of a closed set; each word is one object.</param>
internal sealed class WordAtom(ulong bit, Word[] accepted) : FilterAtom(bit)
{
    public override bool Holds(Word word) => Array.IndexOf(accepted, word) >= 0;
}

/// <summary>Two fields of one record: any value of the one with any of the other. Asked when the record is whole.</summary>
/// <param name="left">Of the same kind as the others; words with an order are of the same closed set.</param>
internal sealed class PairAtom(ulong bit, IReadOnlyList<Field> left, FilterOperator comparison, IReadOnlyList<Field> right)
    : FilterAtom(bit)
{
    public IReadOnlyList<Field> Left { get; } = left;

    public IReadOnlyList<Field> Right { get; } = right;

    public bool Compare(FieldValue one, FieldValue other) => comparison == FilterOperator.Contains
        ? one.Text is { } text && other.Text is { } part && text.Contains(part, StringComparison.Ordinal)
        : TextComparison.Holds(comparison, Left[0].IsOrdered ? PlaceOf(one) - PlaceOf(other) : one.CompareTo(other));

    private int PlaceOf(FieldValue word)
    {
        var words = Left[0].Words!;
        var place = 0;
        while (words[place].Text != word.Text)
        {
            place++;
        }

        return place;
    }
}

/// <summary>One record of a kind fits all of a filter of its own. Asked last.</summary>
internal sealed class RecordAtom(ulong bit, FilterNode inner) : FilterAtom(bit)
{
    public FilterNode Inner { get; } = inner;
}

/// <summary>What a field said, kept until its record is whole.</summary>
/// <param name="Text">Null for numbers.</param>
public readonly record struct FieldValue(Int128 Number, string? Text)
{
    internal int CompareTo(FieldValue other) =>
        Text is null || other.Text is null ? Number.CompareTo(other.Number) : string.CompareOrdinal(Text, other.Text);
}
