using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Link;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Wire;

/// <summary>
/// Nearly every packet: TCP in one whole IPv4 datagram, without options, in an Ethernet frame, with nothing to remark. The
/// same views as the walk's, without a <see cref="PacketWalk"/> carried from one to the next, which costs more than they do.
/// </summary>
internal sealed class PlainFrames(TcpLayer tcp, DecodeCounts counts)
{
    /// <summary>The EtherType, and the first octet behind it: version 4 and a header of five words (RFC 791 §3.1).</summary>
    private const uint BareIpv4 = (EtherType.Ipv4 << 8) | 0x45;

    /// <summary>Where the TCP header begins.</summary>
    private const int SegmentAt = EthernetFrame.Length + Ipv4Header.MinimumLength;

    /// <summary>The 4-tuple and the control bits of a packet that <see cref="TryDeliver"/> would take.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryPeek(ReadOnlySpan<byte> octets, out TupleKey key, out TcpFlags flags)
    {
        if (!TryEnter(ref octets, out var ip, out var header, out _))
        {
            key = default;
            flags = default;
            return false;
        }

        key = TupleKey.OfIpv4(ip.Addresses, header.Ports);
        flags = header.Flags;
        return true;
    }

    /// <summary>
    /// <see cref="TupleKey.Hash"/> as it stands in nearly every packet: behind an IPv4 header without options. The
    /// rest of the packet is not looked at, so this only helps to be early.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryGuessHash(ReadOnlySpan<byte> octets, out uint hash)
    {
        const int AddressesAt = EthernetFrame.Length + Ipv4Header.SourceAt;
        if (!IsBare(octets, atLeast: SegmentAt + sizeof(uint)))
        {
            hash = 0;
            return false;
        }

        hash = TupleKey.OfIpv4(NetworkOrder.U64(octets, AddressesAt), NetworkOrder.U32(octets, SegmentAt)).Hash;
        return true;
    }

    /// <summary>False, and nothing done, for all other packets: those walk.</summary>
    public bool TryDeliver(in PacketRecord record, ReadOnlySpan<byte> octets)
    {
        if (!TryEnter(ref octets, out var ip, out var header, out var headerOnWire))
        {
            return false;
        }

        if (!ip.ChecksumHolds)
        {
            counts.BadIpChecksums++;
        }

        var addresses = ip.Addresses;
        var passage = new Passage(InternetChecksum.Of(addresses), ip.TimeToLive, ip.Identification, octets.Length);
        tcp.Send(
            record.Packet, TupleKey.OfIpv4(addresses, header.Ports), TcpSegment.NoWideAddresses, Encapsulation.None,
            passage, header, headerOnWire, octets);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBare(ReadOnlySpan<byte> octets, int atLeast) =>
        octets.Length >= atLeast && NetworkOrder.U32(octets, EthernetFrame.TypeAt) >> 8 == BareIpv4;

    /// <param name="octets">The frame; of a plain one, its segment.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryEnter(
        ref ReadOnlySpan<byte> octets, out Ipv4Header ip, out TcpHeader header, out int headerOnWire)
    {
        ip = default;
        header = default;
        headerOnWire = 0;
        if (!IsBare(octets, atLeast: SegmentAt + TcpHeader.MinimumLength))
        {
            return false;
        }

        ip = Ipv4Header.Bare(octets[EthernetFrame.Length..]);
        if (!ip.IsWhole(IpProtocol.Tcp))
        {
            return false;
        }

        // A length of 0 and one beyond what was captured are told, so they walk; behind it is padding.
        var length = ip.TotalLength - Ipv4Header.MinimumLength;
        if (length < TcpHeader.MinimumLength || length > octets.Length - SegmentAt)
        {
            return false;
        }

        octets = octets.Slice(SegmentAt, length);
        return TcpHeader.TryParse(octets, out header, out headerOnWire, out _) && headerOnWire <= octets.Length;
    }
}
