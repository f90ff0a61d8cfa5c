using System.Globalization;

namespace HttpWireAnalyzer.Screen;

/// <summary>The control sequences of xterm that say keys and what the mouse does ("XTerm Control Sequences", Thomas Dickey).</summary>
internal static class KeySequences
{
    /// <summary>Null for one that says nothing here, as that the window is looked at.</summary>
    public static Key? Find(string parameters, char final)
    {
        if (parameters.StartsWith('<'))
        {
            return final is 'M' or 'm' ? MouseOf(parameters.AsSpan(1), final == 'm') : null;
        }

        Span<int> numbers = stackalloc int[2];
        if (!TryRead(parameters, numbers, out var count))
        {
            return null;
        }

        var modifiers = count == 2 ? ModifiersOf(numbers[1]) : KeyModifiers.None;
        return final switch
        {
            'A' => Key.Named(KeyCode.Up, modifiers),
            'B' => Key.Named(KeyCode.Down, modifiers),
            'C' => Key.Named(KeyCode.Right, modifiers),
            'D' => Key.Named(KeyCode.Left, modifiers),
            'H' => Key.Named(KeyCode.Home, modifiers),
            'F' => Key.Named(KeyCode.End, modifiers),
            'Z' => Key.Named(KeyCode.BackTab),
            'M' when count == 0 => Key.Named(KeyCode.Enter),
            >= 'P' and <= 'S' => Key.Function(final - 'P' + 1, modifiers),
            '~' when count > 0 => ByNumber(numbers[0], modifiers),
            _ => null,
        };
    }

    private static Key? ByNumber(int number, KeyModifiers modifiers) => number switch
    {
        1 or 7 => Key.Named(KeyCode.Home, modifiers),
        2 => Key.Named(KeyCode.Insert, modifiers),
        3 => Key.Named(KeyCode.Delete, modifiers),
        4 or 8 => Key.Named(KeyCode.End, modifiers),
        5 => Key.Named(KeyCode.PageUp, modifiers),
        6 => Key.Named(KeyCode.PageDown, modifiers),
        // There are gaps where keyboards of old had them.
        >= 11 and <= 15 => Key.Function(number - 10, modifiers),
        >= 17 and <= 21 => Key.Function(number - 11, modifiers),
        23 or 24 => Key.Function(number - 12, modifiers),
        _ => null,
    };

    /// <summary>One more than the sum of what is held.</summary>
    private static KeyModifiers ModifiersOf(int number)
    {
        const int All = (int)(KeyModifiers.Shift | KeyModifiers.Alt | KeyModifiers.Control);
        return (KeyModifiers)((int.Max(1, number) - 1) & All);
    }

    /// <summary>Mode 1006: the button and what is held, column and row from 1; the final letter tells a release.</summary>
    private static Key? MouseOf(ReadOnlySpan<char> parameters, bool isRelease)
    {
        const int Button = 3;
        const int Motion = 32;
        const int Wheel = 64;
        const int Beyond = 128;
        Span<int> numbers = stackalloc int[3];
        if (!TryRead(parameters, numbers, out var count) || count != 3 || numbers[1] == 0 || numbers[2] == 0)
        {
            return null;
        }

        var state = numbers[0];
        var modifiers = ((state & 4) != 0 ? KeyModifiers.Shift : 0)
            | ((state & 8) != 0 ? KeyModifiers.Alt : 0)
            | ((state & 16) != 0 ? KeyModifiers.Control : 0);
        var button = state & Button;
        KeyCode? code = state switch
        {
            >= Beyond => null,
            >= Wheel => button switch { 0 => KeyCode.WheelUp, 1 => KeyCode.WheelDown, _ => null },
            _ when button == Button => null,
            >= Motion => KeyCode.MouseDrag,
            _ => isRelease ? KeyCode.MouseRelease : KeyCode.MousePress,
        };
        return code is { } known ? Key.Mouse(known, state >= Wheel ? 0 : button, numbers[1] - 1, numbers[2] - 1, modifiers) : null;
    }

    /// <summary>Numbers with semicolons between.</summary>
    /// <param name="count">How many there are; 0 where there is no letter at all.</param>
    private static bool TryRead(ReadOnlySpan<char> text, Span<int> numbers, out int count)
    {
        // A screen has no more columns.
        const int Most = 99_999;
        count = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        foreach (var part in text.Split(';'))
        {
            if (count == numbers.Length
                || !int.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[count])
                || numbers[count] > Most)
            {
                return false;
            }

            count++;
        }

        return true;
    }
}
