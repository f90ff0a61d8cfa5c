using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Addresses as text: those that come again and again are made once.</summary>
/// <remarks>Direct-mapped: addresses that share a place take it from each other, and cost what they did without it.</remarks>
internal sealed class AddressTexts
{
    /// <summary>A power of two: the clients of a busy server, most of them, in less than 100 KiB with their texts.</summary>
    private const int Places = 1024;

    private readonly Entry[] _entries = new Entry[Places];

    public string Of(Address address)
    {
        ref var entry = ref _entries[PlaceOf(address)];
        if (entry.Text is not { } text || entry.Address != address)
        {
            text = address.ToString();
            entry = new Entry(address, text);
        }

        return text;
    }

    /// <summary>From all octets: addresses of one network differ in the last ones, networks in the first.</summary>
    private static int PlaceOf(Address address)
    {
        var hash = unchecked((address.High ^ ulong.RotateLeft(address.Low, 32) ^ address.Low) * 0x9E37_79B9_7F4A_7C15);
        return (int)(hash >> 32) & (Places - 1);
    }

    private readonly record struct Entry(Address Address, string? Text);
}
