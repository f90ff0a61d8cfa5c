using System.Buffers.Binary;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>The payload of SETTINGS (RFC 9113 §6.5.1): any number of settings.</summary>
/// <remarks>
/// <code>
/// +-------------------------------+
/// |        Identifier (16)        |
/// +-------------------------------+-------------------------------+
/// |                           Value (32)                          |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct SettingsPayload
{
    public const int SettingOctets = 6;

    private readonly ReadOnlySpan<byte> _octets;

    private SettingsPayload(ReadOnlySpan<byte> octets) => _octets = octets;

    public int Count => _octets.Length / SettingOctets;

    public (Http2SettingKind Kind, uint Value) this[int index]
    {
        get
        {
            ReadOnlySpan<byte> setting = _octets.Slice(index * SettingOctets, SettingOctets);
            return ((Http2SettingKind)BinaryPrimitives.ReadUInt16BigEndian(setting), BinaryPrimitives.ReadUInt32BigEndian(setting[2..]));
        }
    }

    public static bool TryParse(ReadOnlySpan<byte> payload, out SettingsPayload settings)
    {
        settings = new SettingsPayload(payload);
        return payload.Length % SettingOctets == 0;
    }
}

/// <summary>The payload of GOAWAY (RFC 9113 §6.8).</summary>
/// <remarks>
/// <code>
/// +-+-------------------------------------------------------------+
/// |R|                    Last-Stream-ID (31)                      |
/// +-+-------------------------------------------------------------+
/// |                        Error Code (32)                        |
/// +---------------------------------------------------------------+
/// |                  Additional Debug Data (*)                    |
/// +---------------------------------------------------------------+
/// </code>
/// </remarks>
internal readonly ref struct GoAwayPayload
{
    public const int FixedOctets = 8;

    private readonly ReadOnlySpan<byte> _octets;

    private GoAwayPayload(ReadOnlySpan<byte> octets) => _octets = octets;

    public int LastStream => BinaryPrimitives.ReadInt32BigEndian(_octets) & int.MaxValue;

    public uint Code => BinaryPrimitives.ReadUInt32BigEndian(_octets[4..]);

    public ReadOnlySpan<byte> DebugData => _octets[FixedOctets..];

    public static bool TryParse(ReadOnlySpan<byte> payload, out GoAwayPayload goAway)
    {
        goAway = new GoAwayPayload(payload);
        return payload.Length >= FixedOctets;
    }
}

/// <summary>The payload of RST_STREAM (RFC 9113 §6.4): an error code, 32 bits.</summary>
internal readonly ref struct RstStreamPayload
{
    private const int Octets = 4;

    private readonly ReadOnlySpan<byte> _octets;

    private RstStreamPayload(ReadOnlySpan<byte> octets) => _octets = octets;

    public uint Code => BinaryPrimitives.ReadUInt32BigEndian(_octets);

    public static bool TryParse(ReadOnlySpan<byte> payload, out RstStreamPayload reset)
    {
        reset = new RstStreamPayload(payload);
        return payload.Length == Octets;
    }
}

/// <summary>The payload of WINDOW_UPDATE (RFC 9113 §6.9): a reserved bit and an increment, 31 bits, not 0.</summary>
internal readonly ref struct WindowUpdatePayload
{
    private const int Octets = 4;

    private readonly ReadOnlySpan<byte> _octets;

    private WindowUpdatePayload(ReadOnlySpan<byte> octets) => _octets = octets;

    public int Increment => BinaryPrimitives.ReadInt32BigEndian(_octets) & int.MaxValue;

    public static bool TryParse(ReadOnlySpan<byte> payload, out WindowUpdatePayload update)
    {
        update = new WindowUpdatePayload(payload);
        return payload.Length == Octets && update.Increment > 0;
    }
}

/// <summary>The payload of PING (RFC 9113 §6.7): eight octets, which the acknowledgment repeats.</summary>
internal readonly ref struct PingPayload
{
    public const int Octets = 8;

    private readonly ReadOnlySpan<byte> _octets;

    private PingPayload(ReadOnlySpan<byte> octets) => _octets = octets;

    public ulong Opaque => BinaryPrimitives.ReadUInt64BigEndian(_octets);

    public static bool TryParse(ReadOnlySpan<byte> payload, out PingPayload ping)
    {
        ping = new PingPayload(payload);
        return payload.Length == Octets;
    }
}
