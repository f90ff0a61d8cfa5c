using System.Buffers.Binary;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>The header of a frame (RFC 9113 §4.1).</summary>
/// <remarks>
/// <code>
/// +-----------------------------------------------+
/// |                  Length (24)                  |
/// +---------------+---------------+---------------+
/// |   Type (8)    |   Flags (8)   |
/// +-+-------------+---------------+-------------------------------+
/// |R|                    Stream Identifier (31)                   |
/// +-+-------------------------------------------------------------+
/// |                      Frame Payload (Length) ...
/// </code>
/// A header that breaks a rule of its type is invalid; its length still says where the next one begins.
/// </remarks>
internal readonly ref struct Http2FrameHeader
{
    public const int Octets = 9;

    private const int TypeAt = 3;
    private const int FlagsAt = 4;
    private const int StreamAt = 5;
    private const uint StreamMask = 0x7FFF_FFFF;

    private readonly ReadOnlySpan<byte> _octets;

    private Http2FrameHeader(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <summary>Octets of the payload: 0 to 2^24 - 1.</summary>
    public int Length => BinaryPrimitives.ReadInt32BigEndian(_octets) >>> 8;

    public Http2FrameType Type => (Http2FrameType)_octets[TypeAt];

    public Http2FrameFlags Flags => (Http2FrameFlags)_octets[FlagsAt];

    /// <summary>0 is the connection. The reserved bit is ignored, as a receiver must.</summary>
    public int Stream => (int)(BinaryPrimitives.ReadUInt32BigEndian(_octets[StreamAt..]) & StreamMask);

    public bool Has(Http2FrameFlags flag) => (Flags & flag) != 0;

    /// <summary>Reads the header that the octets begin with. An invalid one can be used nevertheless.</summary>
    /// <param name="problem">None but where it is invalid.</param>
    public static ParseStatus TryParse(ReadOnlySpan<byte> octets, out Http2FrameHeader header, out Http2FrameProblem problem)
    {
        problem = Http2FrameProblem.None;
        if (octets.Length < Octets)
        {
            header = default;
            return ParseStatus.NeedMore;
        }

        header = new Http2FrameHeader(octets[..Octets]);
        problem = ProblemOf(header);
        return problem == Http2FrameProblem.None ? ParseStatus.Complete : ParseStatus.Invalid;
    }

    private static Http2FrameProblem ProblemOf(Http2FrameHeader header)
    {
        var length = header.Length;
        var isWrongLength = header.Type switch
        {
            Http2FrameType.Priority => length != 5,
            Http2FrameType.RstStream or Http2FrameType.WindowUpdate => length != 4,

            // RFC 9113 §6.5: an acknowledgment is empty, and a setting takes six octets.
            Http2FrameType.Settings => header.Has(Http2FrameFlags.Ack) ? length != 0 : length % SettingsPayload.SettingOctets != 0,
            Http2FrameType.Ping => length != PingPayload.Octets,
            Http2FrameType.GoAway => length < GoAwayPayload.FixedOctets,
            _ => false,
        };
        if (isWrongLength)
        {
            return Http2FrameProblem.WrongLength;
        }

        return header.Type switch
        {
            Http2FrameType.Data or Http2FrameType.Headers or Http2FrameType.Priority or Http2FrameType.RstStream
                or Http2FrameType.PushPromise or Http2FrameType.Continuation =>
                header.Stream == 0 ? Http2FrameProblem.WrongStream : Http2FrameProblem.None,
            Http2FrameType.Settings or Http2FrameType.Ping or Http2FrameType.GoAway =>
                header.Stream != 0 ? Http2FrameProblem.WrongStream : Http2FrameProblem.None,
            _ => Http2FrameProblem.None,
        };
    }
}

/// <summary>What is wrong with a frame as such.</summary>
internal enum Http2FrameProblem : byte
{
    None,

    /// <summary>Its type has another length, or a length that is a multiple (FRAME_SIZE_ERROR).</summary>
    WrongLength,

    /// <summary>Its type belongs to a stream and it names none, or the other way round (PROTOCOL_ERROR).</summary>
    WrongStream,
}
