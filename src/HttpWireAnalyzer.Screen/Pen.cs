namespace HttpWireAnalyzer.Screen;

/// <summary>
/// The style that a terminal writes in, and the shortest sequence to another one (ECMA-48 §8.3.117): what differs, or
/// all anew.
/// </summary>
internal sealed class Pen(ColourDepth depth)
{
    private const TextAttributes Weight = TextAttributes.Bold | TextAttributes.Dim;

    private Style _asked;
    private Style _held;

    /// <summary>The terminal has been told that all is plain.</summary>
    public void Reset() => (_asked, _held) = (Style.Plain, Style.Plain);

    /// <summary>Whether letters in that style need nothing said before them.</summary>
    public bool Holds(Style style) => style == _asked || Fitted(style) == _held;

    public void Take(Style style, FrameOctets octets)
    {
        if (style == _asked)
        {
            return;
        }

        _asked = style;
        var next = Fitted(style);
        if (next == _held)
        {
            return;
        }

        var start = octets.Length;
        AddChange(octets, _held, next);
        var change = octets.Length - start;
        AddAnew(octets, next);
        if (octets.Length - start - change < change)
        {
            octets.Remove(start, change);
        }
        else
        {
            octets.CutTo(start + change);
        }

        _held = next;
    }

    /// <summary>Some style in which what is erased has the terminal's own background.</summary>
    public void TakeBareBehind(FrameOctets octets)
    {
        if (!_held.IsBareBehind)
        {
            Take(Style.Plain, octets);
        }
    }

    private Style Fitted(Style style) =>
        new(ColourApproximation.Of(style.Foreground, depth), ColourApproximation.Of(style.Background, depth), style.Attributes);

    private void AddAnew(FrameOctets octets, Style style)
    {
        octets.Add("\e["u8);
        if (style != Style.Plain)
        {
            octets.Add("0;"u8);
            AddAttributes(octets, style.Attributes);
            AddColours(octets, Style.Plain, style);
            octets.CutTo(octets.Length - 1);
        }

        octets.Add((byte)'m');
    }

    private void AddChange(FrameOctets octets, Style from, Style to)
    {
        octets.Add("\e["u8);
        var gone = from.Attributes & ~to.Attributes;
        var come = to.Attributes & ~from.Attributes;
        if ((gone & Weight) != 0)
        {
            // 22 ends both.
            octets.Add("22;"u8);
            come |= to.Attributes & Weight;
        }

        octets.Add((gone & TextAttributes.Italic) != 0 ? "23;"u8 : []);
        octets.Add((gone & TextAttributes.Underline) != 0 ? "24;"u8 : []);
        octets.Add((gone & TextAttributes.Reverse) != 0 ? "27;"u8 : []);
        AddAttributes(octets, come);
        AddColours(octets, from, to);
        octets.CutTo(octets.Length - 1);
        octets.Add((byte)'m');
    }

    private static void AddAttributes(FrameOctets octets, TextAttributes attributes)
    {
        octets.Add((attributes & TextAttributes.Bold) != 0 ? "1;"u8 : []);
        octets.Add((attributes & TextAttributes.Dim) != 0 ? "2;"u8 : []);
        octets.Add((attributes & TextAttributes.Italic) != 0 ? "3;"u8 : []);
        octets.Add((attributes & TextAttributes.Underline) != 0 ? "4;"u8 : []);
        octets.Add((attributes & TextAttributes.Reverse) != 0 ? "7;"u8 : []);
    }

    private void AddColours(FrameOctets octets, Style from, Style to)
    {
        const int Foreground = 30;
        const int Background = 40;
        if (from.Foreground != to.Foreground)
        {
            AddColour(octets, to.Foreground, Foreground);
        }

        if (from.Background != to.Background)
        {
            AddColour(octets, to.Background, Background);
        }
    }

    private void AddColour(FrameOctets octets, Colour colour, int first)
    {
        // Bright colours are no part of ECMA-48: aixterm's 90 to 97 and 100 to 107.
        const int ToBright = 60 - 8;
        const int Extended = 8;
        const int Default = 9;
        switch (colour.Kind)
        {
            case ColourKind.Default:
                octets.AddNumber(first + Default);
                break;
            case ColourKind.Indexed:
                octets.AddNumber(first + colour.Index + (colour.Index < 8 ? 0 : ToBright));
                break;
            default:
                octets.AddNumber(first + Extended);
                AddExtended(octets, colour);
                break;
        }

        octets.Add((byte)';');
    }

    private void AddExtended(FrameOctets octets, Colour colour)
    {
        if (depth != ColourDepth.TrueColour)
        {
            octets.Add(";5;"u8);
            octets.AddNumber(ColourApproximation.NearestOf256(colour));
            return;
        }

        octets.Add(";2;"u8);
        octets.AddNumber(colour.R);
        octets.Add((byte)';');
        octets.AddNumber(colour.G);
        octets.Add((byte)';');
        octets.AddNumber(colour.B);
    }
}
