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

    /// <summary>Longer than any sequence that a terminal sends: of one that is longer only the end is awaited.</summary>
    private const int MostLetters = 64;

    private readonly Queue<Key> _keys = new();
    private readonly StringBuilder _parameters = new();
    private readonly PastedText _pasted = new();
    private readonly BackgroundAnswer _answer = new();
    private Place _place;
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

        /// <summary>Behind OSC: an answer, if it goes on like one.</summary>
        Answer,
    }

    /// <summary>The terminal was asked for its background a moment ago: an escape character is rather the answer's than a key.</summary>
    public bool IsAnswerDue { get; set; }

    /// <summary>How long to wait for more before it is settled; null where nothing is waited for.</summary>
    public TimeSpan? Patience => _place switch
    {
        Place.Ground => null,
        // Longer than a network pauses: what of a paste came as keys would be obeyed.
        Place.Paste or Place.Answer => TimeSpan.FromSeconds(2),
        Place.Escaped when IsAnswerDue => TimeSpan.FromMilliseconds(500),
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
                if (_pasted.Take(info.KeyChar))
                {
                    _place = Place.Ground;
                    _keys.Enqueue(Key.Paste(_pasted.ToString()));
                }

                break;
            case Place.Answer:
                TakeAnswer(info);
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
                _keys.Enqueue(Key.Paste(_pasted.ToString()));
                break;
            case Place.Answer:
                EndAnswer();
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
        else if (isAlt && info.KeyChar is '[' or 'O' or ']')
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
        else if (info.KeyChar is '[' or 'O' or ']')
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
        _place = introducer switch { '[' => Place.Sequence, ']' => Place.Answer, _ => Place.Single };
        _parameters.Clear();
        _answer.Begin();
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
            _place = Place.Paste;
            _pasted.Begin();
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

    private void TakeAnswer(ConsoleKeyInfo info)
    {
        if (!_answer.TryTake(info.KeyChar, out var isWhole))
        {
            _place = Place.Ground;
            EndAnswer();
            Begin(info);
        }
        else if (isWhole)
        {
            _place = Place.Ground;
            EndAnswer();
        }
    }

    /// <summary>What was no answer were keys; what was cut off is nothing.</summary>
    private void EndAnswer()
    {
        if (_answer.IsUnsure)
        {
            _keys.Enqueue(Key.Character(']', KeyModifiers.Alt));
            foreach (var letter in _answer.Letters)
            {
                _keys.Enqueue(Key.Character(letter));
            }
        }
        else if (_answer.Read() is { } colour)
        {
            _keys.Enqueue(Key.BackgroundIs(colour));
        }
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
