namespace HttpWireAnalyzer.Screen;

/// <summary>The octets of a frame, in one buffer that is used again and grows to the largest.</summary>
internal sealed class FrameOctets
{
    private byte[] _octets = new byte[16 * 1024];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _octets.AsMemory(0, Length);

    /// <summary>What was written from a place on is taken back.</summary>
    public void CutTo(int length) => Length = length;

    public void Add(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Room(octets.Length));
        Length += octets.Length;
    }

    public void Add(byte octet)
    {
        Room(1)[0] = octet;
        Length++;
    }

    public void Add(Glyph glyph) => Length += glyph.Encode(Room(12));

    /// <param name="number">Not negative.</param>
    public void AddNumber(int number)
    {
        const int MostDigits = 10;
        _ = number.TryFormat(Room(MostDigits), out var digits, default, System.Globalization.CultureInfo.InvariantCulture);
        Length += digits;
    }

    /// <summary>Takes out the octets of one range, as where a shorter way to say the same follows it.</summary>
    public void Remove(int start, int length)
    {
        _octets.AsSpan(start + length, Length - start - length).CopyTo(_octets.AsSpan(start));
        Length -= length;
    }

    private Span<byte> Room(int octets)
    {
        if (_octets.Length - Length < octets)
        {
            Array.Resize(ref _octets, int.Max(_octets.Length * 2, Length + octets));
        }

        return _octets.AsSpan(Length);
    }
}
