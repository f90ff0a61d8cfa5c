using System.Text;

namespace HttpWireAnalyzer.Screen;

/// <summary>
/// A letter and at most two marks upon it, 21 bits each. More marks than two no writing needs on one letter, and a
/// text made to climb out of its line would have them.
/// </summary>
public readonly record struct Glyph
{
    private const int Width = 21;
    private const ulong Mask = (1UL << Width) - 1;

    private readonly ulong _bits;

    internal Glyph(Rune letter, int firstMark = 0, int secondMark = 0) =>
        _bits = (uint)letter.Value | ((ulong)firstMark << Width) | ((ulong)secondMark << (2 * Width));

    public static Glyph Blank => new(new Rune(' '));

    /// <summary>The second column of a letter that takes two.</summary>
    public static Glyph Trail => default;

    public bool IsTrail => _bits == 0;

    /// <summary>A code point; 0 where it is a trail.</summary>
    public int Letter => (int)(_bits & Mask);

    /// <summary>0 for none.</summary>
    public int FirstMark => (int)((_bits >> Width) & Mask);

    public int SecondMark => (int)((_bits >> (2 * Width)) & Mask);

    internal bool HasMarks => _bits > Mask;

    /// <summary>As UTF-8; the octets written, at most twelve.</summary>
    internal int Encode(Span<byte> octets)
    {
        if (_bits < 0x80)
        {
            octets[0] = (byte)_bits;
            return 1;
        }

        var length = new Rune(Letter).EncodeToUtf8(octets);
        if (HasMarks)
        {
            length += new Rune(FirstMark).EncodeToUtf8(octets[length..]);
            length += SecondMark == 0 ? 0 : new Rune(SecondMark).EncodeToUtf8(octets[length..]);
        }

        return length;
    }

    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[12];
        return IsTrail ? "" : Encoding.UTF8.GetString(octets[..Encode(octets)]);
    }
}

/// <summary>One place of the screen. Its sixteen octets have no gaps: rows are compared as octets.</summary>
public readonly record struct Cell(Glyph Glyph, Style Style)
{
    public static Cell Blank => new(Glyph.Blank, Style.Plain);
}
