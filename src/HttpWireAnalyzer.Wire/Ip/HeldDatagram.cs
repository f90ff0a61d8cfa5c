using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>What names the datagram that a fragment belongs to.</summary>
/// <param name="Protocol">RFC 791 §3.2 has it in the key. 0 for IPv6, where only the first fragment's next header
/// counts (RFC 8200 §4.5).</param>
internal readonly record struct FragmentKey(Address Source, Address Destination, uint Identification, byte Protocol);

/// <summary>How a fragment fitted into its datagram.</summary>
internal enum FragmentFit : byte
{
    New,
    Overlap,
    Conflict,

    /// <summary>Contradicts the end that is known; not taken.</summary>
    Refused,
}

/// <summary>
/// The fragments of one datagram that have come. Their octets are kept as they came, one behind another, so that
/// memory follows what was captured and never what an offset field says; the pieces say where they belong.
/// </summary>
internal sealed class HeldDatagram(FragmentKey key, Timestamp since)
{
    /// <summary>What a fragment costs beside its octets, for the memory limit: its piece and its packet.</summary>
    public const int PieceCost = 32;

    private readonly List<Piece> _pieces = [];
    private readonly List<PacketRef> _packets = [];
    private byte[] _octets = [];
    private int _used;
    private int _covered;
    private int _end = -1;

    public FragmentKey Key { get; } = key;

    public Timestamp Since { get; } = since;

    /// <summary>Counted against the limit.</summary>
    public int Cost { get; private set; }

    public int Fragments { get; private set; }

    /// <summary>From the fragment with offset 0.</summary>
    public byte NextHeader { get; private set; }

    /// <summary>Those that brought fragments, but for the one that completed it.</summary>
    public ReadOnlySpan<PacketRef> Packets => CollectionsMarshal.AsSpan(_packets);

    public bool IsComplete => _covered == _end;

    /// <summary>Octets on the wire, once complete.</summary>
    public int Length => _end;

    public void NotePacket(PacketRef packet) => _packets.Add(packet);

    /// <summary>Takes the octets of a fragment that no earlier one brought: the first copy wins.</summary>
    public FragmentFit Add(int start, int length, bool isLast, byte nextHeader, ReadOnlySpan<byte> captured)
    {
        var end = start + length;
        var known = _pieces.Count == 0 ? 0 : _pieces[^1].End;
        if (_end >= 0 ? end > _end || (isLast && end != _end) : isLast && end < known)
        {
            return FragmentFit.Refused;
        }

        if (isLast)
        {
            _end = end;
        }

        if (start == 0 && (_pieces.Count == 0 || _pieces[0].Start > 0))
        {
            NextHeader = nextHeader;
        }

        Fragments++;
        Cost += captured.Length + PieceCost;
        return Insert(start, end, captured);
    }

    /// <summary>
    /// Writes the datagram in order, as far as it was captured without a hole; <paramref name="datagram"/> holds the
    /// largest there is.
    /// </summary>
    public int CopyTo(Span<byte> datagram)
    {
        var at = 0;
        foreach (var piece in _pieces)
        {
            _octets.AsSpan(piece.At, piece.Captured).CopyTo(datagram[at..]);
            at += piece.Captured;
            if (piece.Captured < piece.End - piece.Start)
            {
                break;
            }
        }

        return at;
    }

    private FragmentFit Insert(int start, int end, ReadOnlySpan<byte> captured)
    {
        // Nearly always the fragment goes behind the last piece.
        if (_pieces.Count == 0 || start >= _pieces[^1].End)
        {
            InsertPiece(_pieces.Count, start, end, captured);
            return FragmentFit.New;
        }

        var fit = FragmentFit.New;
        var at = start;
        for (var index = FirstEndingBehind(start); at < end; index++)
        {
            var next = index < _pieces.Count ? _pieces[index] : new Piece(end, end, 0, 0);
            if (at < next.Start)
            {
                var gapEnd = Math.Min(end, next.Start);
                InsertPiece(index++, at, gapEnd, Slice(captured, at - start, gapEnd - start));
                at = gapEnd;
            }

            var overlapEnd = Math.Min(end, next.End);
            if (at < overlapEnd)
            {
                var same = SameOctets(next, at, Slice(captured, at - start, overlapEnd - start));
                fit = same && fit != FragmentFit.Conflict ? FragmentFit.Overlap : FragmentFit.Conflict;
                at = overlapEnd;
            }
        }

        return fit;
    }

    private int FirstEndingBehind(int offset)
    {
        var index = 0;
        while (index < _pieces.Count && _pieces[index].End <= offset)
        {
            index++;
        }

        return index;
    }

    private bool SameOctets(Piece piece, int from, ReadOnlySpan<byte> captured)
    {
        var held = Slice(_octets.AsSpan(piece.At, piece.Captured), from - piece.Start, piece.End - piece.Start);
        var both = Math.Min(held.Length, captured.Length);
        return held[..both].SequenceEqual(captured[..both]);
    }

    private void InsertPiece(int index, int start, int end, ReadOnlySpan<byte> captured)
    {
        if (_octets.Length - _used < captured.Length)
        {
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, _used + captured.Length));
        }

        captured.CopyTo(_octets.AsSpan(_used));
        _pieces.Insert(index, new Piece(start, end, _used, captured.Length));
        _used += captured.Length;
        _covered += end - start;
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> octets, int from, int to) =>
        from >= octets.Length ? [] : octets[from..Math.Min(to, octets.Length)];

    /// <summary>A range of the datagram that one fragment brought.</summary>
    /// <param name="At">Where its captured octets stand.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Piece(int Start, int End, int At, int Captured);
}
