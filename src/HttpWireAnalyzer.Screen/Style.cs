namespace HttpWireAnalyzer.Screen;

/// <summary>How letters are set (ECMA-48 §8.3.117, SGR).</summary>
[Flags]
public enum TextAttributes : byte
{
    None = 0,
    Bold = 1,
    Dim = 2,
    Italic = 4,
    Underline = 8,
    Reverse = 16,
}

/// <summary>Colours and attributes, in 57 bits: cells are compared and copied by the thousand in every frame.</summary>
public readonly record struct Style
{
    private const ulong ColourMask = (1UL << Colour.Bits) - 1;
    private const int AttributeShift = 2 * Colour.Bits;

    private readonly ulong _bits;

    public Style(Colour foreground, Colour background = default, TextAttributes attributes = TextAttributes.None) =>
        _bits = foreground.Packed | ((ulong)background.Packed << Colour.Bits) | ((ulong)attributes << AttributeShift);

    public Style(TextAttributes attributes)
        : this(Colour.Default, Colour.Default, attributes)
    {
    }

    public static Style Plain => default;

    public Colour Foreground
    {
        get => new((uint)(_bits & ColourMask));
        init => _bits = (_bits & ~ColourMask) | value.Packed;
    }

    public Colour Background
    {
        get => new((uint)((_bits >> Colour.Bits) & ColourMask));
        init => _bits = (_bits & ~(ColourMask << Colour.Bits)) | ((ulong)value.Packed << Colour.Bits);
    }

    public TextAttributes Attributes
    {
        get => (TextAttributes)(_bits >> AttributeShift);
        init => _bits = (_bits & ((1UL << AttributeShift) - 1)) | ((ulong)value << AttributeShift);
    }

    /// <summary>The same with more attributes.</summary>
    public Style With(TextAttributes more) => this with { Attributes = Attributes | more };

    /// <summary>A blank in this style looks as one that was erased.</summary>
    internal bool IsBareBehind => Background == Colour.Default && (Attributes & (TextAttributes.Underline | TextAttributes.Reverse)) == 0;
}
