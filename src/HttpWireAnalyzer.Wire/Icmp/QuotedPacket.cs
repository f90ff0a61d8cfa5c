using System.Buffers.Binary;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire.Icmp;

/// <summary>The head of a TCP segment in an ICMP error: an IP header and at least eight octets (RFC 792).</summary>
internal readonly ref struct QuotedPacket
{
    /// <summary>Ports and sequence number.</summary>
    private const int LeastOfTcp = 8;

    private const int DestinationPortAt = 2;

    /// <summary>Extension headers before TCP. RFC 8200 §4.1 lists six kinds, each once but for one.</summary>
    private const int MaximumExtensions = 8;

    private readonly ReadOnlySpan<byte> _tcp;
    private readonly Address _source;
    private readonly Address _destination;

    private QuotedPacket(Address source, Address destination, ReadOnlySpan<byte> tcp)
    {
        _source = source;
        _destination = destination;
        _tcp = tcp;
    }

    public Endpoint Source => new(_source, BinaryPrimitives.ReadUInt16BigEndian(_tcp));

    public Endpoint Destination => new(_destination, BinaryPrimitives.ReadUInt16BigEndian(_tcp[DestinationPortAt..]));

    /// <summary>False when the quoted packet is not the beginning of a TCP segment.</summary>
    public static bool TryParse(ReadOnlySpan<byte> octets, bool isIpv6, out QuotedPacket packet)
    {
        packet = default;
        if (!(isIpv6 ? TryParse6(octets, out packet) : TryParse4(octets, out packet)))
        {
            return false;
        }

        return packet._tcp.Length >= LeastOfTcp;
    }

    private static bool TryParse4(ReadOnlySpan<byte> octets, out QuotedPacket packet)
    {
        packet = default;
        if (!Ipv4Header.TryParse(octets, out var header, out _)
            || header.Protocol != IpProtocol.Tcp || header.FragmentOffset != 0)
        {
            return false;
        }

        packet = new QuotedPacket(header.Source, header.Destination, octets[header.Length..]);
        return true;
    }

    private static bool TryParse6(ReadOnlySpan<byte> octets, out QuotedPacket packet)
    {
        packet = default;
        if (!Ipv6Header.TryParse(octets, out var header, out _))
        {
            return false;
        }

        var rest = octets[Ipv6Header.Length..];
        var next = header.NextHeader;
        var destination = header.Destination;
        for (var count = 0; count < MaximumExtensions && next != IpProtocol.Tcp; count++)
        {
            if (!TrySkipExtension(ref rest, ref next, ref destination))
            {
                return false;
            }
        }

        packet = new QuotedPacket(header.Source, destination, rest);
        return next == IpProtocol.Tcp;
    }

    private static bool TrySkipExtension(ref ReadOnlySpan<byte> rest, ref byte next, ref Address destination)
    {
        var carried = IpProtocol.Carries(next);
        switch (carried)
        {
            case Carried.Ipv6HopByHop or Carried.Ipv6Options or Carried.Ipv6Routing
                when Ipv6Extension.TryParse(rest, out var extension, out _):
                destination = carried == Carried.Ipv6Routing && extension.TryGetFinalDestination(destination, out var final)
                    ? final
                    : destination;
                next = extension.NextHeader;
                rest = rest[extension.Length..];
                return true;
            case Carried.Ipv6Fragment
                when Ipv6FragmentHeader.TryParse(rest, out var fragment, out _) && fragment.FragmentOffset == 0:
                next = fragment.NextHeader;
                rest = rest[Ipv6FragmentHeader.Length..];
                return true;
            case Carried.Authentication when AuthenticationHeader.TryParse(rest, out var authentication, out _):
                next = authentication.NextHeader;
                rest = rest[authentication.Length..];
                return true;
            default:
                return false;
        }
    }
}
