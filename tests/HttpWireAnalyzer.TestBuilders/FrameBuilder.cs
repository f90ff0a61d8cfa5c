using System.Buffers.Binary;
using System.Net;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.TestBuilders;

/// <summary>Octets of packets, made from the inside out: each method wraps a payload in one right header.</summary>
public static class FrameBuilder
{
    public const ushort Ipv4Type = 0x0800;
    public const ushort Ipv6Type = 0x86DD;
    public const byte TcpProtocol = 6;
    public const byte UdpProtocol = 17;
    private const byte HopLimit = 64;

    public static Address AddressOf(string text)
    {
        var octets = IPAddress.Parse(text).GetAddressBytes();
        return octets.Length == 4
            ? Address.FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(octets))
            : Address.FromIpv6(octets);
    }

    /// <summary>From "192.0.2.1:80" or "[2001:db8::1]:80".</summary>
    public static Endpoint EndpointOf(string text)
    {
        var parsed = IPEndPoint.Parse(text);
        return new Endpoint(AddressOf(parsed.Address.ToString()), (ushort)parsed.Port);
    }

    public static byte[] Concat(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Ethernet(ushort type, byte[] payload) => Concat(
        [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2], BigEndian(type), payload);

    /// <summary>An Ethernet frame around an IP packet of either version.</summary>
    public static byte[] Ethernet(byte[] ip) => Ethernet(ip[0] >> 4 == 6 ? Ipv6Type : Ipv4Type, ip);

    /// <summary>A tag as it stands behind the EtherType that announced it.</summary>
    public static byte[] VlanTag(int id, ushort type, byte[] payload) =>
        Concat(BigEndian((ushort)id), BigEndian(type), payload);

    public static byte[] Ipv4(
        Address source,
        Address destination,
        byte protocol,
        byte[] payload,
        ushort identification = 1,
        int fragmentOffset = 0,
        bool moreFragments = false,
        byte[]? options = null,
        int? totalLength = null)
    {
        options ??= [];
        var header = new byte[20 + options.Length];
        header[0] = (byte)(0x40 | (header.Length / 4));
        Put(header, 2, (ushort)(totalLength ?? (header.Length + payload.Length)));
        Put(header, 4, identification);
        Put(header, 6, (ushort)((moreFragments ? 0x2000 : 0) | (fragmentOffset / 8)));
        header[8] = HopLimit;
        header[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(12), (uint)source.Low);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16), (uint)destination.Low);
        options.CopyTo(header, 20);
        Put(header, 10, (ushort)~Checksum(header));
        return Concat(header, payload);
    }

    public static byte[] Ipv6(
        Address source, Address destination, byte nextHeader, byte[] payload, int? payloadLength = null)
    {
        var header = new byte[40];
        header[0] = 0x60;
        Put(header, 4, (ushort)(payloadLength ?? payload.Length));
        header[6] = nextHeader;
        header[7] = HopLimit;
        Octets(source).CopyTo(header, 8);
        Octets(destination).CopyTo(header, 24);
        return Concat(header, payload);
    }

    public static byte[] Ipv6Fragment(
        byte nextHeader, uint identification, int offset, bool moreFragments, byte[] payload) => Concat(
        [nextHeader, 0],
        BigEndian((ushort)(offset | (moreFragments ? 1 : 0))),
        BigEndian((ushort)(identification >> 16)),
        BigEndian((ushort)identification),
        payload);

    public static byte[] Udp(ushort sourcePort, ushort destinationPort, byte[] payload) => Concat(
        BigEndian(sourcePort), BigEndian(destinationPort), BigEndian((ushort)(8 + payload.Length)), [0, 0], payload);

    /// <summary>A TCP segment with the checksum of these two ends; options are padded to words with zeros.</summary>
    public static byte[] Segment(
        Endpoint source,
        Endpoint destination,
        byte[] payload,
        uint sequence = 1000,
        uint acknowledgment = 2000,
        TcpFlags flags = TcpFlags.Ack | TcpFlags.Psh,
        byte[]? options = null,
        ushort window = 65535)
    {
        options ??= [];
        var length = 20 + ((options.Length + 3) / 4 * 4);
        var segment = new byte[length + payload.Length];
        Put(segment, 0, source.Port);
        Put(segment, 2, destination.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), acknowledgment);
        Put(segment, 12, (ushort)((length / 4 << 12) | (int)flags));
        Put(segment, 14, window);
        options.CopyTo(segment, 20);
        payload.CopyTo(segment, length);
        var pseudoHeader = Concat(
            Octets(source.Address), Octets(destination.Address), Length(segment.Length), [0, 0, 0, TcpProtocol]);
        Put(segment, 16, (ushort)~Checksum(Concat(pseudoHeader, segment)));
        return segment;
    }

    /// <summary>An IP packet of the addresses' version around <see cref="Segment"/>.</summary>
    public static byte[] TcpPacket(
        Endpoint source,
        Endpoint destination,
        byte[] payload,
        uint sequence = 1000,
        uint acknowledgment = 2000,
        TcpFlags flags = TcpFlags.Ack | TcpFlags.Psh,
        byte[]? options = null,
        ushort window = 65535) => Packet(
        source.Address,
        destination.Address,
        TcpProtocol,
        Segment(source, destination, payload, sequence, acknowledgment, flags, options, window));

    public static byte[] Packet(Address source, Address destination, byte protocol, byte[] payload) => source.IsIpv4
        ? Ipv4(source, destination, protocol, payload)
        : Ipv6(source, destination, protocol, payload);

    /// <summary>RFC 1071 as its §4.1 writes it, one word at a time: what faster code is compared with.</summary>
    public static ushort Checksum(ReadOnlySpan<byte> octets)
    {
        uint sum = 0;
        for (var at = 0; at < octets.Length; at += 2)
        {
            sum += (uint)(octets[at] << 8) + (at + 1 < octets.Length ? octets[at + 1] : 0u);
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)sum;
    }

    public static byte[] BigEndian(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Length(int value) => [.. BigEndian((ushort)(value >> 16)), .. BigEndian((ushort)value)];

    private static byte[] Octets(Address address)
    {
        // The mapped form adds nothing to a checksum, so pseudo-headers of IPv4 may carry it too.
        var octets = new byte[16];
        address.CopyTo(octets);
        return octets;
    }

    private static void Put(byte[] octets, int at, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(at), value);
}
