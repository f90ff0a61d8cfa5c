using System.Numerics;
using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Zeek's history string as it grows: a letter for each kind of segment an end sends, the first time it does;
/// capitals are the client's, small letters the server's (docs.zeek.org, Conn::Info$history).
/// </summary>
/// <remarks>Five bits a letter: eleven kinds for each of two ends need no more, and at most 22 come.</remarks>
internal record struct HistoryText
{
    private const int LettersInWord = 12;
    private const int Bits = 5;
    private const ulong Mask = (1 << Bits) - 1;
    private const int ServerBit = 16;

    private ulong _first;
    private ulong _second;

    /// <summary>Adds the letter unless this end has it already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref HistoryLetters seen, HistoryLetters letter, Side sender)
    {
        if ((seen & letter) == 0)
        {
            seen |= letter;
            Append(letter, sender);
        }
    }

    private void Append(HistoryLetters letter, Side sender)
    {
        var code = 1 + BitOperations.TrailingZeroCount((uint)letter) + (sender == Side.Client ? 0 : ServerBit);
        ref var word = ref (_first >> ((LettersInWord - 1) * Bits)) == 0 ? ref _first : ref _second;
        word = (word << Bits) | (uint)code;
    }

    /// <summary>Tells most histories apart.</summary>
    /// <remarks>Multiplied by 2^64 over the golden ratio, so that the upper bits depend on all.</remarks>
    public readonly int Digest => (int)(unchecked((_first ^ _second) * 0x9E37_79B9_7F4A_7C15) >> 33);

    /// <param name="swapped">The ends turned out to be the other way round: capitals and small letters change places.</param>
    public readonly string ToText(bool swapped)
    {
        Span<char> text = stackalloc char[2 * LettersInWord];
        var length = Write(_first, swapped, text);
        length += Write(_second, swapped, text[length..]);
        return new string(text[..length]);
    }

    private static int Write(ulong word, bool swapped, Span<char> text)
    {
        var count = 0;
        // The last letter is lowest.
        for (var shift = (LettersInWord - 1) * Bits; shift >= 0; shift -= Bits)
        {
            var code = (int)((word >> shift) & Mask);
            if (code != 0)
            {
                var letter = LetterOf((HistoryLetters)(1 << ((code & (ServerBit - 1)) - 1)));
                text[count++] = (code & ServerBit) != 0 == swapped ? letter : char.ToLowerInvariant(letter);
            }
        }

        return count;
    }

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
