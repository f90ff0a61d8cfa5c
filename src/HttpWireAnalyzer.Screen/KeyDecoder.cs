using System.Text;

namespace HttpWireAnalyzer.Screen;

/// <summary>
/// Makes keys of what <see cref="Console.ReadKey(bool)"/> gives. That knows the sequences of terminfo; all others (the
/// mouse, marks around what is pasted, Alt) come from it letter by letter, and are put together here. Whoever feeds it
/// tells it too that nothing more came for a while: an escape character may be the key, or the beginning of more.
/// </summary>
public sealed class KeyDecoder
{
    private const char Escape = '\e';
    private const string PasteEnd = "\e[201~";

    /// <summary>Longer than any sequence that a terminal sends: of one that is longer only the end is awaited.</summary>
    private const int MostLetters = 64;

    /// <summary>Letters of what is pasted that are kept: longer than any filter or path.</summary>
    private const int MostPasted = 64 * 1024;

    private readonly Queue<Key> _keys = new();
    private readonly StringBuilder _parameters = new();
    private readonly StringBuilder _pasted = new();
    private Place _place;
    private int _endSeen;
    private int _toPass;
    private char _firstHalf;

    private enum Place : byte
    {
        Ground,
        Escaped,

        /// <summary>Behind CSI (ECMA-48 §5.4).</summary>
        Sequence,

        /// <summary>Behind SS3: one letter follows.</summary>
        Single,
        Paste,
    }

    /// <summary>How long to wait for more before it is settled; null where nothing is waited for.</summary>
    public TimeSpan? Patience => _place switch
    {
        Place.Ground => null,
        // Longer than a network pauses: what of a paste came as keys would be obeyed.
        Place.Paste => TimeSpan.FromSeconds(2),
        _ => TimeSpan.FromMilliseconds(50),
    };

    public bool TryNext(out Key key) => _keys.TryDequeue(out key);

    public void Take(ConsoleKeyInfo info)
    {
        if (_toPass > 0)
        {
            _toPass--;
            return;
        }

        switch (_place)
        {
            case Place.Ground:
                Begin(info);
                break;
            case Place.Escaped:
                AfterEscape(info);
                break;
            case Place.Sequence:
                Continue(info);
                break;
            case Place.Single:
                _place = Place.Ground;
                AddKnown(info.KeyChar);
                break;
            case Place.Paste:
                TakePasted(info.KeyChar);
                break;
        }
    }

    /// <summary>Nothing more came: what was begun is what it is.</summary>
    public void Settle()
    {
        var place = _place;
        (_place, _toPass) = (Place.Ground, 0);
        switch (place)
        {
            case Place.Escaped:
                _keys.Enqueue(Key.Named(KeyCode.Escape));
                break;
            case Place.Sequence when _parameters.Length == 0:
                _keys.Enqueue(Key.Character('[', KeyModifiers.Alt));
                break;
            case Place.Single:
                _keys.Enqueue(Key.Character('O', KeyModifiers.Alt));
                break;
            case Place.Paste:
                EndPaste();
                break;
        }
    }

    private void Begin(ConsoleKeyInfo info)
    {
        var isAlt = info.Modifiers.HasFlag(ConsoleModifiers.Alt);
        if (info.KeyChar == Escape && !isAlt)
        {
            _place = Place.Escaped;
        }
        else if (isAlt && info.KeyChar is '[' or 'O')
        {
            // The two letters that came together may be the beginning of a sequence.
            Open(info.KeyChar);
        }
        else
        {
            Add(info, KeyModifiers.None);
        }
    }

    private void AfterEscape(ConsoleKeyInfo info)
    {
        _place = Place.Ground;
        if (info.KeyChar == Escape)
        {
            _keys.Enqueue(Key.Named(KeyCode.Escape));
            _place = Place.Escaped;
        }
        else if (info.KeyChar is '[' or 'O')
        {
            Open(info.KeyChar);
        }
        else
        {
            Add(info, KeyModifiers.Alt);
        }
    }

    private void Open(char introducer)
    {
        _place = introducer == '[' ? Place.Sequence : Place.Single;
        _parameters.Clear();
    }

    private void Continue(ConsoleKeyInfo info)
    {
        switch (info.KeyChar)
        {
            case >= ' ' and < '@':
                if (_parameters.Length <= MostLetters)
                {
                    _parameters.Append(info.KeyChar);
                }

                break;
            case >= '@' and <= '~':
                _place = Place.Ground;
                Complete(info.KeyChar);
                break;
            default:
                // No sequence goes on like that; the key is one of its own.
                _place = Place.Ground;
                Begin(info);
                break;
        }
    }

    private void Complete(char final)
    {
        const int OfOldMouse = 3;
        if (_parameters.Length > MostLetters)
        {
            return;
        }

        var parameters = _parameters.ToString();
        if (final == '~' && parameters == "200")
        {
            (_place, _endSeen) = (Place.Paste, 0);
            _pasted.Clear();
        }
        else if (final == 'M' && parameters.Length == 0)
        {
            // A terminal that knows only the mouse of old: three octets follow, which are no keys.
            _toPass = OfOldMouse;
        }
        else if (KeySequences.Find(parameters, final) is { } key)
        {
            _keys.Enqueue(key);
        }
    }

    private void AddKnown(char final)
    {
        if (KeySequences.Find("", final) is { } key)
        {
            _keys.Enqueue(key);
        }
    }

    private void TakePasted(char letter)
    {
        if (letter == PasteEnd[_endSeen])
        {
            if (++_endSeen == PasteEnd.Length)
            {
                _place = Place.Ground;
                EndPaste();
            }

            return;
        }

        Keep(PasteEnd.AsSpan(0, _endSeen));
        _endSeen = letter == Escape ? 1 : 0;
        if (_endSeen == 0 && letter != '\0')
        {
            Keep([letter == '\r' ? '\n' : letter]);
        }
    }

    private void Keep(ReadOnlySpan<char> letters)
    {
        if (_pasted.Length + letters.Length <= MostPasted)
        {
            _pasted.Append(letters);
        }
    }

    private void EndPaste()
    {
        _keys.Enqueue(Key.Paste(_pasted.ToString()));
        _pasted.Clear();
    }

    private void Add(ConsoleKeyInfo info, KeyModifiers more)
    {
        if (char.IsHighSurrogate(info.KeyChar))
        {
            _firstHalf = info.KeyChar;
            return;
        }

        if (char.IsLowSurrogate(info.KeyChar))
        {
            if (Rune.TryCreate(_firstHalf, info.KeyChar, out var letter))
            {
                _keys.Enqueue(Key.Character(letter, more));
            }

            _firstHalf = '\0';
            return;
        }

        if (ConsoleKeys.Of(info) is { } key)
        {
            _keys.Enqueue(key.With(more));
        }
    }
}
