using System.Buffers.Binary;

namespace HttpWireAnalyzer.Http.WebSocket;

/// <summary>What precedes the payload of a frame (RFC 6455 §5.2).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-------+-+-------------+-------------------------------+
/// |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
/// |I|S|S|S|  (4)  |A|     (7)     |             (16/64)           |
/// |N|V|V|V|       |S|             |   (if payload len==126/127)   |
/// | |1|2|3|       |K|             |                               |
/// +-+-+-+-+-------+-+-------------+ - - - - - - - - - - - - - - - +
/// |     Extended payload length continued, if payload len == 127  |
/// + - - - - - - - - - - - - - - - +-------------------------------+
/// |                               |Masking-key, if MASK set to 1  |
/// +-------------------------------+-------------------------------+
/// | Masking-key (continued)       |          Payload Data         |
/// +-------------------------------- - - - - - - - - - - - - - - - +
/// </code>
/// </remarks>
internal readonly ref struct WebSocketFrame
{
    /// <summary>Two octets, eight of length, four of masking key.</summary>
    public const int LongestHeader = 14;

    /// <summary>RFC 6455 §5.5: of a control frame.</summary>
    public const int LongestControlPayload = 125;

    public const int MaskingKeyLength = 4;

    private const int ShortestHeader = 2;
    private const int LengthAt = 1;
    private const int ExtendedLengthAt = 2;
    private const byte FinalBit = 0x80;
    private const byte FirstReservedBit = 0x40;
    private const byte OtherReservedBits = 0x30;
    private const byte OpcodeMask = 0x0F;
    private const byte MaskBit = 0x80;
    private const byte LengthMask = 0x7F;
    private const int SixteenBitLength = 126;
    private const int SixtyFourBitLength = 127;

    private readonly ReadOnlySpan<byte> _header;

    private WebSocketFrame(ReadOnlySpan<byte> header, long payloadLength)
    {
        _header = header;
        PayloadLength = payloadLength;
    }

    public int HeaderLength => _header.Length;

    public long PayloadLength { get; }

    /// <summary>Its message ends with it.</summary>
    public bool IsFinal => (_header[0] & FinalBit) != 0;

    /// <summary>RSV1: the message is compressed, where permessage-deflate was agreed (RFC 7692 §6).</summary>
    public bool HasFirstReservedBit => (_header[0] & FirstReservedBit) != 0;

    public bool HasOtherReservedBits => (_header[0] & OtherReservedBits) != 0;

    public WebSocketOpcode Opcode => (WebSocketOpcode)(_header[0] & OpcodeMask);

    /// <summary>RFC 6455 §5.5: the opcode's highest bit.</summary>
    public bool IsControl => Opcode >= WebSocketOpcode.Close;

    /// <summary>RFC 6455 §5.2: opcodes 3 to 7, and 11 to 15.</summary>
    public bool IsReserved => Opcode is (> WebSocketOpcode.Binary and < WebSocketOpcode.Close) or > WebSocketOpcode.Pong;

    public bool IsMasked => (_header[LengthAt] & MaskBit) != 0;

    /// <summary>Empty where the payload is not masked.</summary>
    public ReadOnlySpan<byte> MaskingKey => IsMasked ? _header[^MaskingKeyLength..] : default;

    /// <summary>RFC 6455 §5.2: the minimal number of octets MUST be used to encode the length.</summary>
    public bool IsLengthMinimal => (_header[LengthAt] & LengthMask) switch
    {
        SixteenBitLength => PayloadLength >= SixteenBitLength,
        SixtyFourBitLength => PayloadLength > ushort.MaxValue,
        _ => true,
    };

    /// <summary>
    /// Invalid only where a length of 64 bits has the highest one set, which RFC 6455 §5.2 forbids: where the next frame
    /// begins cannot be known.
    /// </summary>
    public static ParseStatus TryParse(ReadOnlySpan<byte> octets, out WebSocketFrame frame)
    {
        frame = default;
        if (octets.Length < ShortestHeader)
        {
            return ParseStatus.NeedMore;
        }

        var length = octets[LengthAt] & LengthMask;
        var maskAt = length switch
        {
            SixteenBitLength => ExtendedLengthAt + sizeof(ushort),
            SixtyFourBitLength => ExtendedLengthAt + sizeof(ulong),
            _ => ExtendedLengthAt,
        };
        var headerLength = maskAt + ((octets[LengthAt] & MaskBit) != 0 ? MaskingKeyLength : 0);
        if (octets.Length < headerLength)
        {
            return ParseStatus.NeedMore;
        }

        var payloadLength = length switch
        {
            SixteenBitLength => BinaryPrimitives.ReadUInt16BigEndian(octets[ExtendedLengthAt..]),
            SixtyFourBitLength => BinaryPrimitives.ReadInt64BigEndian(octets[ExtendedLengthAt..]),
            _ => length,
        };
        if (payloadLength < 0)
        {
            return ParseStatus.Invalid;
        }

        frame = new WebSocketFrame(octets[..headerLength], payloadLength);
        return ParseStatus.Complete;
    }
}

/// <summary>What a frame is (RFC 6455 §5.2, §11.8). Values that have no name are reserved.</summary>
internal enum WebSocketOpcode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}
