using System.Globalization;
using System.Text;

namespace HttpWireAnalyzer.Screen;

/// <summary>
/// What a terminal answers that is asked for its background (OSC 11 of xterm), behind the introducer: 11, then a colour as
/// XParseColor reads it, rgb:1e1e/1e1e/1e1e, then BEL or ST.
/// </summary>
internal sealed class BackgroundAnswer
{
    private const string Prefix = "11;rgb";

    /// <summary>Four parts of four digits each, with what is between them.</summary>
    private const int MostLetters = 24;

    private readonly StringBuilder _letters = new();

    /// <summary>What was begun may still be keys.</summary>
    public bool IsUnsure => _letters.Length < Prefix.Length;

    /// <summary>The letters until now.</summary>
    public string Letters => _letters.ToString();

    public void Begin() => _letters.Clear();

    /// <summary>False for a letter that does not belong to it.</summary>
    /// <param name="isWhole">It ends with this letter.</param>
    public bool TryTake(char letter, out bool isWhole)
    {
        isWhole = false;
        if (IsUnsure)
        {
            return TryKeep(letter, letter == Prefix[_letters.Length]);
        }

        // ST is an escape character and a backslash; or one letter, where the terminal has eight bits for it.
        isWhole = letter is '\a' or '\\' or '\x9C';
        return isWhole || letter == '\e' || TryKeep(letter, char.IsAsciiHexDigit(letter) || letter is '/' or ':');
    }

    /// <summary>Null where it says no colour.</summary>
    public Colour? Read()
    {
        // Behind rgb: or rgba:, whose last part says how much shows through.
        var text = _letters.ToString();
        var parts = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('/');
        return parts.Length is 3 or 4 && TryRead(parts[0], out var r) && TryRead(parts[1], out var g) && TryRead(parts[2], out var b)
            ? Colour.Rgb(r, g, b)
            : null;
    }

    /// <summary>Of one that is longer than any, only the end is awaited.</summary>
    private bool TryKeep(char letter, bool isOfIt)
    {
        if (isOfIt && _letters.Length < Prefix.Length + MostLetters)
        {
            _letters.Append(letter);
        }

        return isOfIt;
    }

    /// <summary>One to four digits are a share of as many F.</summary>
    private static bool TryRead(string digits, out byte part)
    {
        part = 0;
        if (digits.Length is 0 or > 4 || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var most = (1 << (4 * digits.Length)) - 1;
        part = (byte)(((number * 255) + (most / 2)) / most);
        return true;
    }
}
