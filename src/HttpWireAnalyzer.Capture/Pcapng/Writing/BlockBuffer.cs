using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcapng.Writing;

/// <summary>Blocks one behind another, in the little-endian order, until they go to the file.</summary>
internal sealed class BlockBuffer(int capacity)
{
    private const int LongestOption = ushort.MaxValue;

    private byte[] _octets = new byte[capacity];
    private int _block;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Octets => _octets.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Begin(BlockType type)
    {
        _block = Length;
        var header = Take(BlockFrame.HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)type);
    }

    /// <summary>Writes the block's length, now that it is known, before it and after it.</summary>
    public void End()
    {
        var trailer = Take(BlockFrame.TrailerLength);
        var length = (uint)(Length - _block);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, length);
        BinaryPrimitives.WriteUInt32LittleEndian(_octets.AsSpan(_block + BlockFrame.TotalLengthOffset), length);
    }

    public void U16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    /// <summary>In nanoseconds, as <see cref="ByteOrder.Ticks"/> reads it; what is before 1970 as its beginning.</summary>
    public void Time(Timestamp time)
    {
        var ticks = (ulong)Math.Max(time.Nanoseconds, 0);
        var halves = Take(sizeof(ulong));
        BinaryPrimitives.WriteUInt32LittleEndian(halves, (uint)(ticks >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(halves[sizeof(uint)..], unchecked((uint)ticks));
    }

    /// <summary>The octets, and zeros up to a multiple of four.</summary>
    public void Padded(ReadOnlySpan<byte> octets)
    {
        var room = Take((octets.Length + 3) & ~3);
        octets.CopyTo(room);
        room[octets.Length..].Clear();
    }

    public void Option(ushort code, ReadOnlySpan<byte> value)
    {
        U16(code);
        U16((ushort)value.Length);
        Padded(value);
    }

    public void Option32(ushort code, uint value)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        Option(code, octets);
    }

    public void Option64(ushort code, ulong value)
    {
        Span<byte> octets = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(octets, value);
        Option(code, octets);
    }

    public void OptionTime(ushort code, Timestamp time)
    {
        U16(code);
        U16(sizeof(ulong));
        Time(time);
    }

    /// <summary>An option in UTF-8, without what an option's 16-bit length has no room for; none for null.</summary>
    public void Option(ushort code, string? text)
    {
        if (text is null)
        {
            return;
        }

        var octets = new byte[Math.Min(Encoding.UTF8.GetMaxByteCount(text.Length), LongestOption)];
        Utf8.FromUtf16(text, octets, out _, out var written);
        Option(code, octets.AsSpan(0, written));
    }

    public void EndOptions() => U32(BlockOption.End);

    private Span<byte> Take(int octets)
    {
        if (_octets.Length - Length < octets)
        {
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, Length + octets));
        }

        var taken = _octets.AsSpan(Length, octets);
        Length += octets;
        return taken;
    }
}
