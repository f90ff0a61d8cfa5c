using System.Globalization;
using System.Text;

namespace HttpWireAnalyzer.Screen;

/// <summary>What a terminal can say.</summary>
public enum KeyCode : byte
{
    None,
    Character,
    Enter,
    Tab,
    BackTab,
    Backspace,
    Escape,
    Insert,
    Delete,
    Home,
    End,
    PageUp,
    PageDown,
    Up,
    Down,
    Left,
    Right,

    /// <summary>F1 and so on: <see cref="Key.Number"/> says which.</summary>
    Function,
    MousePress,
    MouseRelease,

    /// <summary>The mouse was moved with a button held.</summary>
    MouseDrag,
    WheelUp,
    WheelDown,

    /// <summary>Text that came at once, between the marks of a bracketed paste.</summary>
    Paste,

    /// <summary>The terminal has another size, or was away: nothing is known of what it shows.</summary>
    Resize,

    /// <summary>The terminal answered what its background is.</summary>
    Background,

    /// <summary>A signal asks the program to end, or no key can come any more.</summary>
    EndAsked,
}

[Flags]
public enum KeyModifiers : byte
{
    None = 0,
    Shift = 1,
    Alt = 2,
    Control = 4,
}

/// <summary>One thing that the user did, or that happened to the terminal.</summary>
public readonly record struct Key
{
    private Key(KeyCode code) => Code = code;

    public KeyCode Code { get; private init; }

    /// <summary>Of a character, Shift is not told: it is in the letter.</summary>
    public KeyModifiers Modifiers { get; private init; }

    /// <summary>Of a character.</summary>
    public Rune Letter { get; private init; }

    /// <summary>Of a function key, from 1; of the mouse its button, 0 for the left, 1 for the middle, 2 for the right.</summary>
    public int Number { get; private init; }

    /// <summary>Of the mouse, from 0.</summary>
    public int Column { get; private init; }

    public int Row { get; private init; }

    /// <summary>Of a paste: lines end with LF; what else would control a terminal is still in it.</summary>
    public string? Text { get; private init; }

    /// <summary>Of the background.</summary>
    public Colour Colour { get; private init; }

    public static Key Resize => new(KeyCode.Resize);

    public static Key EndAsked => new(KeyCode.EndAsked);

    public static Key Character(Rune letter, KeyModifiers modifiers = KeyModifiers.None) =>
        new(KeyCode.Character) { Letter = letter, Modifiers = modifiers & ~KeyModifiers.Shift };

    public static Key Character(char letter, KeyModifiers modifiers = KeyModifiers.None) => Character(new Rune(letter), modifiers);

    public static Key Named(KeyCode code, KeyModifiers modifiers = KeyModifiers.None) => new(code) { Modifiers = modifiers };

    public static Key Function(int number, KeyModifiers modifiers = KeyModifiers.None) =>
        new(KeyCode.Function) { Number = number, Modifiers = modifiers };

    public static Key Mouse(KeyCode code, int button, int column, int row, KeyModifiers modifiers = KeyModifiers.None) =>
        new(code) { Number = button, Column = column, Row = row, Modifiers = modifiers };

    public static Key Paste(string text) => new(KeyCode.Paste) { Text = text };

    public static Key BackgroundIs(Colour colour) => new(KeyCode.Background) { Colour = colour };

    public Key With(KeyModifiers more) => this with { Modifiers = Modifiers | more };

    /// <summary>By its name: j, Space, Ctrl-d, Alt-x, Shift-Up, F5.</summary>
    public override string ToString()
    {
        var name = Code switch
        {
            KeyCode.Character => Letter.Value == ' ' ? "Space" : Letter.ToString(),
            KeyCode.Function => "F" + Number.ToString(CultureInfo.InvariantCulture),
            _ => Code.ToString(),
        };
        return Modifiers == KeyModifiers.None ? name
            : (Modifiers.HasFlag(KeyModifiers.Control) ? "Ctrl-" : "")
                + (Modifiers.HasFlag(KeyModifiers.Alt) ? "Alt-" : "")
                + (Modifiers.HasFlag(KeyModifiers.Shift) ? "Shift-" : "") + name;
    }
}
