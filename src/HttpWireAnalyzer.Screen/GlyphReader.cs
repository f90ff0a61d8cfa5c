using System.Text;

namespace HttpWireAnalyzer.Screen;

/// <summary>
/// Takes a text apart into what cells can hold. What a terminal would act on, or what terminals disagree about the width
/// of, does not pass: control characters become signs, letters that joiners would melt together stand side by side, and
/// a pair of regional indicators is the two letters that it is of, not a flag.
/// </summary>
public ref struct GlyphReader(ReadOnlySpan<char> text)
{
    /// <summary>Where combining marks begin: before it every letter stands alone.</summary>
    private const char FirstMark = '\u0300';

    private readonly ReadOnlySpan<char> _text = text;

    public Glyph Glyph { get; private set; }

    /// <summary>1 or 2.</summary>
    public int Width { get; private set; }

    /// <summary>Where in the text the next glyph begins.</summary>
    public int Position { get; private set; }

    public bool MoveNext()
    {
        while (Position < _text.Length)
        {
            var first = _text[Position];
            if (first is >= ' ' and <= '~' && (Position + 1 == _text.Length || _text[Position + 1] < FirstMark))
            {
                Position++;
                (Glyph, Width) = (new Glyph(new Rune(first)), 1);
                return true;
            }

            Rune.DecodeFromUtf16(_text[Position..], out var letter, out var length);
            Position += length;
            if (GlyphWidth.Shown(letter) is not { } shown)
            {
                continue;
            }

            Gather(shown);
            return true;
        }

        return false;
    }

    /// <summary>What follows the letter and stands upon it.</summary>
    private void Gather(Rune letter)
    {
        var (one, two) = (0, 0);
        while (Position < _text.Length && _text[Position] >= FirstMark)
        {
            Rune.DecodeFromUtf16(_text[Position..], out var next, out var length);
            if (Hangul.TryCompose(letter, next, out var syllable))
            {
                letter = syllable;
            }
            else if (GlyphWidth.IsMark(next))
            {
                (one, two) = one == 0 ? (next.Value, 0) : two == 0 ? (one, next.Value) : (one, two);
            }
            else if (!GlyphWidth.IsSilent(next) && !IsSkinTone(letter, next))
            {
                break;
            }

            Position += length;
        }

        (Glyph, Width) = (new Glyph(letter, one, two), GlyphWidth.Of(letter));
    }

    /// <summary>UTS #51 §1.4.4: some terminals colour the letter before with it, and others show a patch.</summary>
    private static bool IsSkinTone(Rune letter, Rune next) =>
        next.Value is >= 0x1F3FB and <= 0x1F3FF && GlyphWidth.Of(letter) == 2;
}

/// <summary>The Unicode Standard §3.12: syllables of Korean that come in parts, as in file names of macOS.</summary>
internal static class Hangul
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    public static bool TryCompose(Rune first, Rune next, out Rune syllable)
    {
        var lead = first.Value - LeadBase;
        var vowel = next.Value - VowelBase;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            syllable = new Rune(SyllableBase + (((lead * Vowels) + vowel) * Tails));
            return true;
        }

        var open = first.Value - SyllableBase;
        var tail = next.Value - TailBase;
        var composes = open is >= 0 and < Leads * Vowels * Tails && open % Tails == 0 && tail is > 0 and < Tails;
        syllable = composes ? new Rune(first.Value + tail) : default;
        return composes;
    }
}
