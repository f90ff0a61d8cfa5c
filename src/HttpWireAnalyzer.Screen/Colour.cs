namespace HttpWireAnalyzer.Screen;

/// <summary>What a colour is named by.</summary>
public enum ColourKind : byte
{
    /// <summary>The terminal's own.</summary>
    Default,

    /// <summary>One of sixteen, which everybody sets to their liking.</summary>
    Indexed,
    Rgb,
}

/// <summary>The colour of letters or of what is behind them, in 26 bits.</summary>
public readonly record struct Colour
{
    internal const int Bits = 26;

    private const int KindShift = 24;
    private const uint ValueMask = (1u << KindShift) - 1;

    private Colour(ColourKind kind, uint value) => Packed = ((uint)kind << KindShift) | value;

    internal Colour(uint packed) => Packed = packed;

    public static Colour Default => default;

    public static Colour Red => Indexed(1);

    public static Colour Green => Indexed(2);

    public static Colour Yellow => Indexed(3);

    public static Colour Blue => Indexed(4);

    public static Colour Magenta => Indexed(5);

    public static Colour Cyan => Indexed(6);

    public ColourKind Kind => (ColourKind)(Packed >> KindShift);

    /// <summary>0 to 15; from 8 on they are bright.</summary>
    public int Index => (int)(Packed & ValueMask);

    public byte R => (byte)(Packed >> 16);

    public byte G => (byte)(Packed >> 8);

    public byte B => (byte)Packed;

    internal uint Packed { get; }

    /// <param name="index">Only its lowest four bits count.</param>
    public static Colour Indexed(int index) => new(ColourKind.Indexed, (uint)index & 0xF);

    public static Colour Rgb(byte r, byte g, byte b) => new(ColourKind.Rgb, ((uint)r << 16) | ((uint)g << 8) | b);
}
