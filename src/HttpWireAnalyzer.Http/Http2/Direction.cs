using HttpWireAnalyzer.Http.Http2.Hpack;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>What one end sends.</summary>
/// <param name="from">Where HTTP/2 begins in its stream; -1 where nobody knows.</param>
internal sealed class Direction(Http2FrameReader reader, HttpLimits limits, long from)
{
    private readonly int _blockLimit = limits.HeadOctets;
    private HeadBuffer _block;
    private bool _hasStarted;

    public Http2FrameReader Reader => reader;

    public HpackDecoder Fields { get; } = new(limits);

    /// <summary>Null as long as it goes on.</summary>
    public StreamEnd? End { get; set; }

    /// <summary>Frames were lost: streams may have begun, or ended, in a hole.</summary>
    public bool LostPlace { get; set; }

    /// <summary>The frame that began the field block at hand; meaningful where <see cref="IsInBlock"/>.</summary>
    public FrameInHand Block { get; private set; }

    /// <summary>Of PUSH_PROMISE.</summary>
    public int Promised { get; private set; }

    public bool IsInBlock { get; private set; }

    /// <summary>It had no room.</summary>
    public bool IsBlockTooLong { get; private set; }

    public ReadOnlySpan<byte> BlockOctets => _block.Octets;

    /// <summary>Octets come, or a hole.</summary>
    /// <returns>They are the first, and others before them were passed over: SETTINGS, or what a lost request hides.</returns>
    public bool BeginsLate(long offset)
    {
        var isLate = !_hasStarted && (from < 0 || offset > from);
        _hasStarted = true;
        return isLate;
    }

    public void BeginBlock(in FrameInHand frame, int promised, ReadOnlySpan<byte> fragment)
    {
        LoseBlock();
        Block = frame;
        Promised = promised;
        IsInBlock = true;
        Append(fragment);
    }

    public void Append(ReadOnlySpan<byte> fragment)
    {
        IsBlockTooLong |= _block.Append(fragment, _blockLimit) < fragment.Length;
    }

    public void LoseBlock()
    {
        _block.Release();
        IsInBlock = false;
        IsBlockTooLong = false;
    }

    public void Close()
    {
        _block.Release();
        reader.Close();
    }
}
