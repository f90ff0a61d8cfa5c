namespace HttpWireAnalyzer.Screen;

/// <summary>The colours that a terminal has.</summary>
public enum ColourDepth : byte
{
    /// <summary>Attributes alone.</summary>
    None,
    Sixteen,
    Palette256,
    TrueColour,
}

/// <summary>The nearest that a terminal has to a colour.</summary>
internal static class ColourApproximation
{
    private const int CubeBase = 16;
    private const int GreyBase = 232;
    private const int Greys = 24;

    /// <summary>xterm's palette: the shades of each part of a colour in its cube of 6 x 6 x 6.</summary>
    private static ReadOnlySpan<byte> CubeShades => [0, 95, 135, 175, 215, 255];

    /// <summary>xterm's own sixteen, red, green and blue of each; users have others, which nobody can ask for by the way.</summary>
    private static ReadOnlySpan<byte> Sixteen =>
    [
        0, 0, 0, 205, 0, 0, 0, 205, 0, 205, 205, 0, 0, 0, 238, 205, 0, 205, 0, 205, 205, 229, 229, 229,
        127, 127, 127, 255, 0, 0, 0, 255, 0, 255, 255, 0, 92, 92, 255, 255, 0, 255, 0, 255, 255, 255, 255, 255,
    ];

    public static Colour Of(Colour colour, ColourDepth depth) => depth switch
    {
        ColourDepth.None => Colour.Default,
        ColourDepth.Sixteen when colour.Kind == ColourKind.Rgb => Colour.Indexed(NearestOfSixteen(colour)),
        _ => colour,
    };

    /// <summary>The number, from 16 on, in the palette of 256.</summary>
    public static int NearestOf256(Colour colour)
    {
        var (r, g, b) = (NearestShade(colour.R), NearestShade(colour.G), NearestShade(colour.B));
        var inCube = Distance(colour, CubeShades[r], CubeShades[g], CubeShades[b]);
        // Greys are 8, 18, 28 and so on.
        var average = (colour.R + colour.G + colour.B) / 3;
        var grey = int.Clamp((average - 3) / 10, 0, Greys - 1);
        var shade = 8 + (10 * grey);
        return Distance(colour, shade, shade, shade) < inCube ? GreyBase + grey : CubeBase + (36 * r) + (6 * g) + b;
    }

    private static int NearestOfSixteen(Colour colour)
    {
        var (nearest, least) = (0, int.MaxValue);
        for (var i = 0; i < 16; i++)
        {
            var distance = Distance(colour, Sixteen[i * 3], Sixteen[(i * 3) + 1], Sixteen[(i * 3) + 2]);
            (nearest, least) = distance < least ? (i, distance) : (nearest, least);
        }

        return nearest;
    }

    private static int NearestShade(int value)
    {
        var nearest = 0;
        for (var i = 1; i < CubeShades.Length; i++)
        {
            nearest = int.Abs(CubeShades[i] - value) < int.Abs(CubeShades[nearest] - value) ? i : nearest;
        }

        return nearest;
    }

    private static int Distance(Colour colour, int r, int g, int b) =>
        ((colour.R - r) * (colour.R - r)) + ((colour.G - g) * (colour.G - g)) + ((colour.B - b) * (colour.B - b));
}
