using HttpWireAnalyzer.Capture.Octets;

namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>A block that is passed over by its length, never held: names, secrets, custom and unknown blocks.</summary>
internal sealed class BlockSkip
{
    private BlockFrame _frame;
    private long _left;

    public bool IsActive { get; private set; }

    /// <summary>Where the block begins in the file.</summary>
    public long Offset { get; private set; }

    public long Length => _frame.PaddedLength;

    public void Begin(in BlockFrame frame, long offset)
    {
        _frame = frame;
        _left = frame.PaddedLength - BlockFrame.TrailerLength;
        Offset = offset;
        IsActive = true;
    }

    /// <summary>Takes what is there of the block; complete when its trailing length was read and agrees.</summary>
    public BlockStatus Step(OctetWindow window, ByteOrder order, out int needed, out FormatError error)
    {
        var here = (int)Math.Min(_left, window.Length);
        window.Advance(here);
        _left -= here;
        error = default;
        needed = _left > 0 ? 1 : BlockFrame.TrailerLength;
        if (window.Length < needed)
        {
            return BlockStatus.NeedMore;
        }

        IsActive = false;
        var trailer = order.U32(window.Unread, 0);
        if (trailer != _frame.TotalLength)
        {
            error = BlockErrors.Unclosed(Offset, _frame, trailer);
            return BlockStatus.Invalid;
        }

        window.Advance(BlockFrame.TrailerLength);
        return BlockStatus.Complete;
    }
}
