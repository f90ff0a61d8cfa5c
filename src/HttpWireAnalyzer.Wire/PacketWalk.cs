using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire;

/// <summary>
/// One packet's way through its headers: what is left of it, and what the headers already taken off have said.
/// </summary>
internal ref struct PacketWalk
{
    public readonly PacketRef Packet;

    /// <summary>The captured octets behind the headers taken off, without link padding.</summary>
    public ReadOnlySpan<byte> Octets;

    /// <summary>Octets there were on the wire: at least as many as <see cref="Octets"/>.</summary>
    public int LengthOnWire;

    public int Offset;
    public Address Source;

    /// <summary>The final one, where a source route or a routing header leads through others.</summary>
    public Address Destination;

    public Encapsulation Encapsulation;
    public byte TimeToLive;

    /// <summary>Of the innermost IPv4 header; 0 in IPv6.</summary>
    public ushort Identification;

    /// <summary>An IP header was passed: what ends here is "not TCP", no longer "not IP".</summary>
    public bool InIp;

    public DecodeError Error;

    public PacketWalk(PacketRef packet, ReadOnlySpan<byte> octets, int originalLength)
    {
        Packet = packet;
        Octets = octets;
        LengthOnWire = Math.Max(octets.Length, originalLength);
        Encapsulation = Encapsulation.None;
    }

    /// <summary>Leaves a header that TryParse found whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int octets)
    {
        Octets = Octets[octets..];
        Offset += octets;
        LengthOnWire -= octets;
    }

    /// <summary>Takes a length from a header: what is captured beyond it is padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Trim(int lengthOnWire)
    {
        LengthOnWire = lengthOnWire;
        if (Octets.Length > lengthOnWire)
        {
            Octets = Octets[..lengthOnWire];
        }
    }

    public void EnterTunnel(TunnelKind kind, uint id) =>
        Encapsulation = Encapsulation with { Tunnel = kind, TunnelId = id };

    /// <summary>Notes a tag: the first is the outer one, the second the inner; further ones are only passed.</summary>
    public void AddVlan(int id)
    {
        if (Encapsulation.OuterVlan < 0)
        {
            Encapsulation = Encapsulation with { OuterVlan = (short)id };
        }
        else if (Encapsulation.InnerVlan < 0)
        {
            Encapsulation = Encapsulation with { InnerVlan = (short)id };
        }
    }

    /// <summary>Ends the walk; the offset in <paramref name="error"/> counts from the layer.</summary>
    public Carried Fail(in DecodeError error)
    {
        Error = error with { Offset = error.Offset + Offset };
        return Carried.Undecodable;
    }
}
