namespace HttpWireAnalyzer.Tui.Rows;

/// <summary>What the screen keeps of a capture.</summary>
internal static class RowLimits
{
    /// <summary>About 200 octets each. Later connections are counted, and not listed.</summary>
    public const int Connections = 4 << 20;

    /// <summary>About 130 octets each.</summary>
    public const int Exchanges = 8 << 20;

    /// <summary>Characters of a request target that a list keeps; the stream has all of it.</summary>
    public const int TargetLength = 240;

    /// <summary>Packets of one connection that are shown; the first ones.</summary>
    public const int PacketsOfConnection = 50_000;

    /// <summary>Octets of those packets that are kept.</summary>
    public const long PacketOctets = 64 << 20;

    /// <summary>Octets of one connection's streams that are shown; the first ones.</summary>
    public const long StreamOctets = 16 << 20;
}
