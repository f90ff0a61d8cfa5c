using System.Runtime.CompilerServices;
using System.Text;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Zeek's history string as it grows: a letter for each kind of segment an end sends, the first time it does;
/// capitals are the client's, small letters the server's (docs.zeek.org, Conn::Info$history).
/// </summary>
[InlineArray(Length)]
internal struct HistoryText
{
    /// <summary>Eleven kinds for each of two ends.</summary>
    private const int Length = 24;

    private byte _first;

    /// <summary>Adds the letter unless this end has it already.</summary>
    public void Add(ref HistoryLetters seen, HistoryLetters letter, Side sender)
    {
        if ((seen & letter) != 0)
        {
            return;
        }

        seen |= letter;
        Span<byte> text = this;
        var at = text.IndexOf((byte)0);
        if (at >= 0)
        {
            text[at] = (byte)(sender == Side.Client ? LetterOf(letter) : char.ToLowerInvariant(LetterOf(letter)));
        }
    }

    /// <param name="swapped">The ends turned out to be the other way round: capitals and small letters change places.</param>
    public readonly string ToText(bool swapped)
    {
        ReadOnlySpan<byte> text = this;
        var end = text.IndexOf((byte)0);
        var letters = Encoding.ASCII.GetString(end < 0 ? text : text[..end]);
        return swapped ? string.Concat(letters.Select(Flip)) : letters;
    }

    private static char Flip(char letter) =>
        char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter);

    private static char LetterOf(HistoryLetters letter) => letter switch
    {
        HistoryLetters.Syn => 'S',
        HistoryLetters.SynAck => 'H',
        HistoryLetters.Ack => 'A',
        HistoryLetters.Data => 'D',
        HistoryLetters.Fin => 'F',
        HistoryLetters.Rst => 'R',
        HistoryLetters.BadChecksum => 'C',
        HistoryLetters.Gap => 'G',
        HistoryLetters.Retransmission => 'T',
        HistoryLetters.ZeroWindow => 'W',
        HistoryLetters.MultipleFlags => 'Q',
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>The kinds of segment that the history names.</summary>
[Flags]
internal enum HistoryLetters : ushort
{
    None = 0,
    Syn = 1,
    SynAck = 2,
    Ack = 4,
    Data = 8,
    Fin = 16,
    Rst = 32,
    BadChecksum = 64,
    Gap = 128,
    Retransmission = 256,
    ZeroWindow = 512,
    MultipleFlags = 1024,
}
