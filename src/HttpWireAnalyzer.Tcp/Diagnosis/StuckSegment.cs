using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>
/// A segment that three timeouts did not bring to the other end, while shorter ones of the same sender passed and none as
/// long: as where the way has a smaller MTU and nobody says so (RFC 8899 §1).
/// </summary>
/// <param name="Octets">Its length.</param>
/// <param name="LongestPassed">Octets of the longest segment that was acknowledged before; 0 where none had octets.</param>
/// <param name="FirstTimeout">The first time that it was sent again.</param>
public sealed record StuckSegment(int Octets, int LongestPassed, PacketRef FirstTimeout)
{
    /// <summary>The last time that it, or its beginning, was sent again.</summary>
    public PacketRef Last { get; internal set; }

    public int Timeouts { get; internal set; }

    /// <summary>Its first octets were acknowledged once they were sent in a shorter segment.</summary>
    public bool PassedInPieces { get; internal set; }

    internal uint Start { get; init; }

    /// <summary>Octets of the last copy.</summary>
    internal int LastOctets { get; set; }
}
