using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Link;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Wire;

/// <summary>
/// Nearly every packet: TCP in one whole IPv4 datagram in an Ethernet frame, with nothing to remark. The same views as
/// the walk's, without a <see cref="PacketWalk"/> carried from one to the next, which costs more than they do.
/// </summary>
internal sealed class PlainFrames(TcpLayer tcp, DecodeCounts counts)
{
    /// <summary>The 4-tuple of a packet that looks plain, and is not decoded yet: where to look for its connection.</summary>
    public static bool TryPeek(ReadOnlySpan<byte> octets, out TupleKey key)
    {
        if (!TryEnter(octets, out var ip)
            || !TcpHeader.TryParse(octets[(EthernetFrame.Length + ip.Length)..], out var header, out _, out _))
        {
            key = default;
            return false;
        }

        key = TupleKey.OfIpv4(ip.Addresses, header.Ports);
        return true;
    }

    /// <summary>False, and nothing done, for all other packets: those walk.</summary>
    public bool TryDeliver(in PacketRecord record, ReadOnlySpan<byte> octets)
    {
        if (!TryEnter(octets, out var ip) || ip.IsFragment)
        {
            return false;
        }

        // A length of 0 and one beyond what was captured are told, so they walk; behind it is padding.
        var total = ip.TotalLength;
        octets = octets[EthernetFrame.Length..];
        if (total < ip.Length || total > octets.Length)
        {
            return false;
        }

        octets = octets[ip.Length..total];
        if (!TcpHeader.TryParse(octets, out var header, out var headerOnWire, out _) || headerOnWire > octets.Length)
        {
            return false;
        }

        counts.BadIpChecksums += ip.ChecksumHolds ? 0 : 1;
        var addresses = ip.Addresses;
        var passage = new Passage(
            (addresses >> 32) + (uint)addresses, ip.TimeToLive, Encapsulation.None, octets.Length);
        tcp.Send(
            record.Packet, TupleKey.OfIpv4(addresses, header.Ports), default, passage, header, headerOnWire, octets);
        return true;
    }

    /// <summary>TCP in IPv4 in Ethernet, as far as the first two headers tell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryEnter(ReadOnlySpan<byte> octets, out Ipv4Header ip)
    {
        ip = default;
        return EthernetFrame.TryParse(octets, out var frame, out _)
            && frame.TypeOrLength == EtherType.Ipv4
            && Ipv4Header.TryParse(octets[EthernetFrame.Length..], out ip, out _)
            && ip.Protocol == IpProtocol.Tcp;
    }
}
