using System.Text;

namespace HttpWireAnalyzer.Screen;

/// <summary>What is pasted, letter by letter, up to the mark of its end.</summary>
internal sealed class PastedText
{
    private const string End = "\e[201~";

    /// <summary>Letters that are kept: longer than any filter or path.</summary>
    private const int MostKept = 64 * 1024;

    private readonly StringBuilder _text = new();
    private int _endSeen;

    public void Begin()
    {
        _endSeen = 0;
        _text.Clear();
    }

    /// <summary>True where the letter is the last one of the mark.</summary>
    public bool Take(char letter)
    {
        if (letter == End[_endSeen])
        {
            return ++_endSeen == End.Length;
        }

        Keep(End.AsSpan(0, _endSeen));
        _endSeen = letter == End[0] ? 1 : 0;
        if (_endSeen == 0 && letter != '\0')
        {
            Keep([letter == '\r' ? '\n' : letter]);
        }

        return false;
    }

    public override string ToString() => _text.ToString();

    private void Keep(ReadOnlySpan<char> letters)
    {
        if (_text.Length + letters.Length <= MostKept)
        {
            _text.Append(letters);
        }
    }
}
