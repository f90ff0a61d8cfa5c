namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>Options that any block may have (draft-ietf-opsawg-pcapng §3.5).</summary>
internal static class BlockOption
{
    public const ushort End = 0;
    public const ushort Comment = 1;
}

/// <summary>Options of a section header block (draft-ietf-opsawg-pcapng §4.1).</summary>
internal static class SectionOption
{
    public const ushort Hardware = 2;
    public const ushort OperatingSystem = 3;
    public const ushort Application = 4;
}

/// <summary>Options of an interface description block (draft-ietf-opsawg-pcapng §4.2).</summary>
internal static class InterfaceOption
{
    public const ushort Name = 2;
    public const ushort Resolution = 9;
    public const ushort Filter = 11;
    public const ushort TimeOffset = 14;

    /// <summary>The first octet of if_filter says what follows; 0 is libpcap's language.</summary>
    public const byte FilterIsText = 0;
}

/// <summary>Options of an interface statistics block (draft-ietf-opsawg-pcapng §4.6).</summary>
internal static class StatisticsOption
{
    public const ushort Start = 2;
    public const ushort InterfaceReceived = 4;
    public const ushort InterfaceDropped = 5;
    public const ushort FilterAccepted = 6;
    public const ushort SystemDropped = 7;
    public const ushort Delivered = 8;
}

/// <summary>Options of an enhanced packet block (draft-ietf-opsawg-pcapng §4.3).</summary>
internal static class PacketOption
{
    public const ushort Flags = 2;
}
