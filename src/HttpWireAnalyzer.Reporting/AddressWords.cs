using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Reporting;

/// <summary>Addresses as words: the two of a line stand in the next one as well, most of the time.</summary>
internal sealed class AddressWords
{
    /// <summary>A power of two.</summary>
    private const int Places = 64;

    private readonly Entry[] _entries = new Entry[Places];

    /// <param name="text">The same in letters, where it has been made already.</param>
    public Word Of(Address address, string? text)
    {
        ref var entry = ref _entries[(int)(address.Low ^ address.Low >> 8) & (Places - 1)];
        if (entry.Word is not { } word || entry.Address != address)
        {
            word = new Word(text ?? address.ToString());
            entry = new Entry(address, word);
        }

        return word;
    }

    private readonly record struct Entry(Address Address, Word? Word);
}
