using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>The SACK blocks of the last acknowledgment that had any (RFC 2018): at most four.</summary>
internal sealed class SackedRanges
{
    private readonly (uint Left, uint Right)[] _blocks = new (uint, uint)[4];
    private int _count;

    /// <summary>When octets beyond the acknowledgment were first reported, nanoseconds; 0 while none are.</summary>
    public long Since { get; private set; }

    /// <summary>Reads the blocks; true where the first is a DSACK: octets that the receiver had already.</summary>
    /// <param name="isNews">They tell of octets that those before did not: RFC 2018 §4 has the latest in the first block.</param>
    public bool Read(
        in TcpOptions options, ReadOnlySpan<byte> octets, uint acknowledged, long now, out (uint Left, uint Right) duplicate, out bool isNews)
    {
        duplicate = default;
        isNews = false;
        var before = _count;
        _count = 0;
        var isDuplicate = false;
        for (var i = 0; i < options.SackBlocks; i++)
        {
            var (left, right) = options.SackBlock(octets, i);
            var block = (Left: left.Value, Right: right.Value);
            if (i == 0 && IsDuplicate(options, octets, block, acknowledged))
            {
                duplicate = block;
                isDuplicate = true;
            }
            else if (SequenceNumber.Distance(block.Left, acknowledged) > 0 && SequenceNumber.Distance(block.Right, block.Left) > 0)
            {
                isNews |= _count == 0 && !Covers(block.Left, block.Right, before);
                _blocks[_count++] = block;
            }
        }

        Since = _count == 0 ? 0 : Since == 0 ? now : Since;
        return isDuplicate;
    }

    public void Clear()
    {
        _count = 0;
        Since = 0;
    }

    /// <summary>That the receiver holds beyond its acknowledgment, as far as the blocks tell.</summary>
    public long Octets
    {
        get
        {
            var sum = 0L;
            for (var i = 0; i < _count; i++)
            {
                sum += SequenceNumber.Distance(_blocks[i].Right, _blocks[i].Left);
            }

            return sum;
        }
    }

    /// <summary>The receiver holds all of these octets.</summary>
    public bool Covers(uint start, uint end) => Covers(start, end, _count);

    private bool Covers(uint start, uint end, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (SequenceNumber.Distance(start, _blocks[i].Left) >= 0 && SequenceNumber.Distance(end, _blocks[i].Right) <= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The receiver holds octets beyond <paramref name="end"/>.</summary>
    public bool ReachesBeyond(uint end) => OctetsBeyond(end) > 0;

    /// <summary>How many, as far as the blocks tell.</summary>
    public long OctetsBeyond(uint end)
    {
        var sum = 0L;
        for (var i = 0; i < _count; i++)
        {
            sum += SequenceNumber.Distance(_blocks[i].Left, end) >= 0 ? SequenceNumber.Distance(_blocks[i].Right, _blocks[i].Left) : 0;
        }

        return sum;
    }

    // RFC 2883 §4: below the acknowledgment, or within the second block.
    private static bool IsDuplicate(in TcpOptions options, ReadOnlySpan<byte> octets, (uint Left, uint Right) block, uint acknowledged)
    {
        if (SequenceNumber.Distance(block.Right, block.Left) <= 0)
        {
            return false;
        }

        if (SequenceNumber.Distance(block.Right, acknowledged) <= 0)
        {
            return true;
        }

        if (options.SackBlocks < 2)
        {
            return false;
        }

        var (left, right) = options.SackBlock(octets, 1);
        return SequenceNumber.Distance(block.Left, left.Value) >= 0 && SequenceNumber.Distance(block.Right, right.Value) <= 0;
    }
}
