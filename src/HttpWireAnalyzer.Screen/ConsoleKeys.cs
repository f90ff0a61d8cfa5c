using System.Text;

namespace HttpWireAnalyzer.Screen;

/// <summary>Single keys, as the runtime names them.</summary>
internal static class ConsoleKeys
{
    /// <summary>Null for what is none.</summary>
    public static Key? Of(ConsoleKeyInfo info)
    {
        var modifiers = ModifiersOf(info.Modifiers);
        if (CodeOf(info) is { } code)
        {
            return code == KeyCode.Tab && modifiers.HasFlag(KeyModifiers.Shift)
                ? Key.Named(KeyCode.BackTab)
                : Key.Named(code, modifiers);
        }

        if (info.Key is >= ConsoleKey.F1 and <= ConsoleKey.F24)
        {
            return Key.Function(info.Key - ConsoleKey.F1 + 1, modifiers);
        }

        return LetterOf(info) is { } letter
            ? Key.Character(letter, info.KeyChar < ' ' ? modifiers | KeyModifiers.Control : modifiers)
            : null;
    }

    private static KeyCode? CodeOf(ConsoleKeyInfo info) => info.Key switch
    {
        ConsoleKey.Enter => KeyCode.Enter,
        ConsoleKey.Tab => KeyCode.Tab,
        ConsoleKey.Backspace => KeyCode.Backspace,
        ConsoleKey.Escape => KeyCode.Escape,
        ConsoleKey.Insert => KeyCode.Insert,
        ConsoleKey.Delete => KeyCode.Delete,
        ConsoleKey.Home => KeyCode.Home,
        ConsoleKey.End => KeyCode.End,
        ConsoleKey.PageUp => KeyCode.PageUp,
        ConsoleKey.PageDown => KeyCode.PageDown,
        ConsoleKey.UpArrow => KeyCode.Up,
        ConsoleKey.DownArrow => KeyCode.Down,
        ConsoleKey.LeftArrow => KeyCode.Left,
        ConsoleKey.RightArrow => KeyCode.Right,
        _ => info.KeyChar switch
        {
            '\r' or '\n' => KeyCode.Enter,
            '\t' => KeyCode.Tab,
            '\x7F' => KeyCode.Backspace,
            _ => null,
        },
    };

    private static Rune? LetterOf(ConsoleKeyInfo info) => info.KeyChar switch
    {
        // Ctrl-Space; with no key at all, nothing was pressed.
        '\0' when info.Key is >= ConsoleKey.A and <= ConsoleKey.Z => new Rune((char)('a' + (info.Key - ConsoleKey.A))),
        '\0' => info.Key == default ? null : new Rune(' '),
        <= '\x1A' => new Rune((char)(info.KeyChar + 0x60)),
        < ' ' => new Rune((char)(info.KeyChar + 0x40)),
        >= '\x80' and < '\xA0' => null,
        _ => Rune.TryCreate(info.KeyChar, out var letter) ? letter : null,
    };

    private static KeyModifiers ModifiersOf(ConsoleModifiers modifiers) =>
        (modifiers.HasFlag(ConsoleModifiers.Shift) ? KeyModifiers.Shift : 0)
        | (modifiers.HasFlag(ConsoleModifiers.Alt) ? KeyModifiers.Alt : 0)
        | (modifiers.HasFlag(ConsoleModifiers.Control) ? KeyModifiers.Control : 0);
}
