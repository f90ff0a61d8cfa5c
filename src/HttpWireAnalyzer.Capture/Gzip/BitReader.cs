using System.Buffers.Binary;
using System.Diagnostics;
using HttpWireAnalyzer.Capture.Octets;

namespace HttpWireAnalyzer.Capture.Gzip;

/// <summary>Packed octets as a stream of bits, the lowest bit of each octet first (RFC 1951 §3.1.1).</summary>
internal sealed class BitReader(byte[] head, IOctetSource source)
{
    private const int BufferOctets = 64 * 1024;

    private byte[] _octets = head;
    private int _next;
    private int _end = head.Length;
    private long _offsetOfBuffer;
    private ulong _bits;

    /// <summary>Bits at hand; below zero after a <see cref="Drop"/> of more than there were.</summary>
    public int Count { get; private set; }

    /// <summary>The input has ended: what is at hand is all.</summary>
    public bool HasEnded { get; private set; }

    public uint Peek => (uint)_bits;

    /// <summary>Octets taken so far, counted from the packed file's start.</summary>
    public long Offset => _offsetOfBuffer + _next - (Count / 8);

    /// <summary>Makes at least 56 bits at hand of octets that are in memory already, or all there are.</summary>
    public void Refill()
    {
        if (_end - _next >= sizeof(ulong))
        {
            _bits |= BinaryPrimitives.ReadUInt64LittleEndian(_octets.AsSpan(_next)) << Count;
            var taken = (63 - Count) >> 3;
            _next += taken;
            Count += taken * 8;

            // Bits above Count were loaded too; they come again with the next octet and have to be zero till then.
            _bits &= (1UL << Count) - 1;
            return;
        }

        while (Count <= 56 && _next < _end)
        {
            _bits |= (ulong)_octets[_next++] << Count;
            Count += 8;
        }
    }

    /// <summary>Reads from the file, when all that was read is at hand; blocks on a pipe. False at its end.</summary>
    public bool ReadMore()
    {
        Debug.Assert(_next == _end, "Refill takes all there is unless it has 56 bits");
        _offsetOfBuffer += _end;
        if (_octets.Length != BufferOctets)
        {
            _octets = new byte[BufferOctets];
        }

        _next = 0;
        _end = source.Read(_octets);
        HasEnded = _end == 0;
        return !HasEnded;
    }

    /// <summary>False where the input ends before there are so many bits (32 at most).</summary>
    public bool Ensure(int bits)
    {
        Refill();
        while (Count < bits)
        {
            if (!ReadMore())
            {
                return false;
            }

            Refill();
        }

        return true;
    }

    public void Drop(int bits)
    {
        _bits >>= bits;
        Count -= bits;
    }

    /// <summary>So many bits (16 at most), which are known to be there.</summary>
    public int Take(int bits)
    {
        var value = (int)(_bits & ((1UL << bits) - 1));
        Drop(bits);
        return value;
    }

    /// <summary>The next octet; -1 at the end. Only at an octet's start.</summary>
    public int TakeOctet() => Ensure(8) ? Take(8) : -1;

    public void AlignToOctet() => Drop(Count & 7);

    /// <summary>Octets as they are, at most as many as fit; 0 at the end. Only at an octet's start.</summary>
    public int CopyOctets(Span<byte> destination)
    {
        var copied = 0;
        while (Count >= 8 && copied < destination.Length)
        {
            destination[copied++] = (byte)Take(8);
        }

        if (copied > 0 || (_next == _end && !ReadMore()))
        {
            return copied;
        }

        copied = Math.Min(destination.Length, _end - _next);
        _octets.AsSpan(_next, copied).CopyTo(destination);
        _next += copied;
        return copied;
    }
}
