namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>Takes what decoding one packet gave: exactly one call a packet.</summary>
public interface ISegmentSink
{
    void OnSegment(in TcpSegment segment);

    /// <summary>An ICMP error that quotes a TCP header. It is about a connection and not part of it.</summary>
    void OnIcmpError(in IcmpError error);

    /// <summary>A packet that is whole and is not TCP.</summary>
    void OnOther(PacketRef packet, OtherPacket kind);

    void OnUndecodable(in UndecodablePacket packet);

    /// <summary>
    /// Comes before the call for a packet that completes a datagram: these, told before as
    /// <see cref="OtherPacket.FragmentHeld"/>, brought the rest of it. Only who keeps frames needs to know.
    /// </summary>
    void OnDatagramComplete(PacketRef packet, ReadOnlySpan<PacketRef> fragments)
    {
    }
}

/// <summary>Why a decodable packet gives no segment.</summary>
public enum OtherPacket : byte
{
    /// <summary>Not IP: ARP, spanning tree, an 802.11 management frame and the like.</summary>
    NotIp,

    /// <summary>IP that carries no TCP.</summary>
    NotTcp,

    /// <summary>A fragment, held until its datagram is complete; the frame that completes it gives the segment.</summary>
    FragmentHeld,
}
