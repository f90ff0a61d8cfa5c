namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>The options at a block's end (draft-ietf-opsawg-pcapng §3.5), one after another.</summary>
/// <remarks><code>
/// +---------------------------------------------------------------+
/// |          Option Type          |         Option Length         |  0
/// +---------------------------------------------------------------+
/// /               Option Value, padded to 32 bits                 /  4
/// </code>
/// An option that goes past the block ends the list: the block itself is whole, and no packet depends on an option
/// that cannot be read.
/// </remarks>
internal ref struct BlockOptions(ReadOnlySpan<byte> octets, ByteOrder order)
{
    private const int HeaderLength = 4;
    private const int LengthOffset = 2;

    private ReadOnlySpan<byte> _rest = octets;

    public ushort Type { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool MoveNext()
    {
        if (_rest.Length < HeaderLength)
        {
            return false;
        }

        Type = order.U16(_rest, 0);
        int length = order.U16(_rest, LengthOffset);
        if (Type == BlockOption.End || _rest.Length - HeaderLength < length)
        {
            return false;
        }

        Value = _rest.Slice(HeaderLength, length);
        var padded = HeaderLength + ((length + 3) & ~3);
        _rest = _rest[Math.Min(padded, _rest.Length)..];
        return true;
    }
}
