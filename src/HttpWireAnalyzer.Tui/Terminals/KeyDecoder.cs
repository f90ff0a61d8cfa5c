using System.Globalization;
using System.Text;

namespace HttpWireAnalyzer.Tui.Terminals;

/// <summary>
/// Makes messages of what a terminal sends: letters in UTF-8, control characters, and the sequences of xterm for other
/// keys, for the mouse (SGR) and around what is pasted.
/// </summary>
internal sealed class KeyDecoder
{
    private const byte Escape = 0x1B;

    /// <summary>Longer than any sequence that a terminal sends: what is longer is none.</summary>
    private const int MostOctets = 64;

    private const string PasteEnd = "\e[201~";

    /// <summary>Octets of what is pasted that are kept: a filter or a path.</summary>
    private const int MostPasted = 16 * 1024;

    private readonly List<byte> _octets = [];
    private StringBuilder? _pasted;

    /// <summary>An escape character may be the key, or begin a sequence: time tells.</summary>
    public bool IsWaiting => _octets.Count > 0;

    /// <summary>Takes octets as they come, and gives what they complete.</summary>
    public IEnumerable<Message> Take(ReadOnlySpan<byte> octets)
    {
        _octets.AddRange(octets);
        List<Message> messages = [];
        while (_octets.Count > 0 && Next(messages) is > 0 and var length)
        {
            _octets.RemoveRange(0, length);
        }

        return messages;
    }

    /// <summary>Nothing more has come: what waits is what it is.</summary>
    public IEnumerable<Message> Settle()
    {
        var isEscape = _octets is [Escape];
        if (_pasted is null)
        {
            _octets.Clear();
        }

        return isEscape ? [new KeyPressed("Escape")] : [];
    }

    /// <summary>How many octets were taken; 0 where more are needed.</summary>
    private int Next(List<Message> messages)
    {
        if (_pasted is not null)
        {
            return Paste(messages);
        }

        var first = _octets[0];
        if (first == Escape)
        {
            return Sequence(messages);
        }

        if (first < 0x80)
        {
            messages.Add(new KeyPressed(NameOf(first)));
            return 1;
        }

        var length = first switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
        if (_octets.Count < length)
        {
            return 0;
        }

        var text = Encoding.UTF8.GetString([.. _octets[..length]]);
        if (!text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            messages.Add(new KeyPressed(text));
        }

        return length;
    }

    private static string NameOf(byte octet) => octet switch
    {
        0x09 => "Tab",
        0x0A or 0x0D => "Enter",
        0x08 or 0x7F => "Backspace",
        0x20 => "Space",
        0x00 => "Ctrl-Space",
        < 0x20 => "Ctrl-" + (char)(octet + 0x60),
        _ => ((char)octet).ToString(),
    };

    private int Sequence(List<Message> messages)
    {
        if (_octets.Count < 2)
        {
            return 0;
        }

        if (_octets[1] is not ((byte)'[' or (byte)'O'))
        {
            // Escape, and then another key; or a key with Alt, which means nothing here.
            messages.Add(new KeyPressed("Escape"));
            return 1;
        }

        // ECMA-48 §5.4: parameters, and a final octet.
        var end = 2;
        while (end < _octets.Count && _octets[end] is < 0x40 or > 0x7E)
        {
            end++;
        }

        if (end == _octets.Count)
        {
            return end > MostOctets ? end : 0;
        }

        Known(messages, Encoding.Latin1.GetString([.. _octets[2..end]]), (char)_octets[end]);
        return end + 1;
    }

    private void Known(List<Message> messages, string parameters, char final)
    {
        if (parameters.StartsWith('<') && final is 'M' or 'm')
        {
            Mouse(messages, parameters[1..], final);
            return;
        }

        var number = parameters.Split(';')[0];
        if (final == '~' && number == "200")
        {
            _pasted = new StringBuilder();
            return;
        }

        var name = final switch
        {
            'A' => "Up",
            'B' => "Down",
            'C' => "Right",
            'D' => "Left",
            'H' => "Home",
            'F' => "End",
            'Z' => "BackTab",
            'M' => "Enter",
            '~' => number switch
            {
                "1" or "7" => "Home",
                "4" or "8" => "End",
                "3" => "Delete",
                "5" => "PageUp",
                "6" => "PageDown",
                _ => null,
            },
            _ => null,
        };
        if (name is not null)
        {
            messages.Add(new KeyPressed(name));
        }
    }

    /// <summary>Button, column and row, counted from 1; released where the final is m.</summary>
    private static void Mouse(List<Message> messages, string parameters, char final)
    {
        const int WheelUp = 64;
        const int WheelDown = 65;
        const int LinesOfWheel = 3;
        var parts = parameters.Split(';');
        if (parts.Length != 3 || final == 'm'
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var button)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var column)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var row))
        {
            return;
        }

        var lines = button switch { WheelUp => -LinesOfWheel, WheelDown => LinesOfWheel, _ => 0 };
        if (lines != 0 || button == 0)
        {
            messages.Add(new MouseUsed(column - 1, row - 1, lines));
        }
    }

    private int Paste(List<Message> messages)
    {
        var end = PasteEndAt();
        var text = end < 0 ? _octets.Count - (PasteEnd.Length - 1) : end;
        if (text > 0 && _pasted!.Length < MostPasted)
        {
            _pasted.Append(Encoding.Latin1.GetString([.. _octets[..text]]));
        }

        if (end < 0)
        {
            return int.Max(0, text);
        }

        messages.Add(new TextPasted(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(_pasted!.ToString()))));
        _pasted = null;
        return end + PasteEnd.Length;
    }

    private int PasteEndAt()
    {
        for (var at = 0; at + PasteEnd.Length <= _octets.Count; at++)
        {
            var i = 0;
            while (i < PasteEnd.Length && _octets[at + i] == PasteEnd[i])
            {
                i++;
            }

            if (i == PasteEnd.Length)
            {
                return at;
            }
        }

        return -1;
    }
}
