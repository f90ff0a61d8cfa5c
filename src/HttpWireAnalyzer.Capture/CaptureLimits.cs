namespace HttpWireAnalyzer.Capture;

/// <summary>The limits of this room, each with its reason.</summary>
internal static class CaptureLimits
{
    /// <summary>
    /// The longest packet that a tap writes by default: MAXIMUM_SNAPLEN of libpcap, WTAP_MAX_PACKET_SIZE_STANDARD of
    /// Wireshark. A longer record in a pcap file is damage unless the file's own snap length allows it.
    /// </summary>
    public const int UsualPacketOctets = 262_144;

    /// <summary>
    /// The longest packet, and the longest pcapng block, that is held in memory, whatever a file says of itself. An IP
    /// jumbogram that a real stack makes is 512 KiB (Linux, BIG TCP); libpcap's own ceiling is 128 MiB, for USB only.
    /// </summary>
    public const int PacketOctets = 64 * 1024 * 1024;

    /// <summary>
    /// Octets read at a time: large enough that the system call costs nothing beside its copy, small enough to stay in the
    /// second-level cache beside the connections.
    /// </summary>
    public const int BufferOctets = 256 * 1024;

    /// <summary>The same where other threads take them (<see cref="CaptureFileOptions.IsReadAhead"/>).</summary>
    public const int BufferOctetsAhead = 1024 * 1024;

    /// <summary>The least that a file of many is read by: the buffers of a thousand files are then 64 MiB.</summary>
    public const int LeastBufferOctets = 64 * 1024;

    /// <summary>Interfaces kept over all sections and files: as <see cref="Wire.PacketRecord.Interface"/> counts.</summary>
    public const int Interfaces = ushort.MaxValue;

    /// <summary>
    /// Octets kept of the keys in one file, for who writes its packets again: a TLS 1.3 connection has about a
    /// kibibyte of key log.
    /// </summary>
    public const int SecretOctets = 64 * 1024 * 1024;

    /// <summary>Octets kept of an interface's name or filter: a device path of Windows has about 60.</summary>
    public const int InterfaceTextOctets = 1024;

    /// <summary>Interfaces of one live capture: each has a buffer of its own in the kernel.</summary>
    public const int LiveInterfaces = 64;
}
