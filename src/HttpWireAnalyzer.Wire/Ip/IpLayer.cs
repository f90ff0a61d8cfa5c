using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>The steps of the walk through IPv4, IPv6 and its extension headers.</summary>
internal sealed class IpLayer(DecoderLimits limits, DecodeCounts counts, ISegmentSink sink)
{
    private readonly FragmentReassembler _fragments = new(limits, counts, sink);

    /// <summary>Which version, where the layer below does not say.</summary>
    public static Carried ByVersion(ref PacketWalk walk) => walk.Octets.IsEmpty
        ? walk.Fail(DecodeError.Truncated(Layer.Ipv4, Ipv4Header.MinimumLength, 0))
        : walk.Octets[0] >> 4 == Ipv6Header.Version ? Carried.Ipv6 : Carried.Ipv4;

    public Carried Ipv4(ref PacketWalk walk)
    {
        if (!Ipv4Header.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        var total = header.TotalLength;
        if (total == 0)
        {
            // Segmentation offload hands the tap a packet whose length the card has yet to write.
            counts.ZeroIpLengths++;
        }
        else if (total < header.Length)
        {
            return walk.Fail(DecodeError.TooSmall(Layer.Ipv4, header.Length, total));
        }
        else
        {
            Measure(ref walk, total);
        }

        if (!header.ChecksumHolds)
        {
            counts.BadIpChecksums++;
        }

        Enter(ref walk, header.Source, header.Destination, header.TimeToLive, header.Identification);
        walk.Advance(header.Length);
        if (!header.IsFragment)
        {
            return Next(ref walk, header.Protocol);
        }

        var key = new FragmentKey(walk.Source, walk.Destination, header.Identification, header.Protocol);
        return Noted(ref walk, _fragments.Take(
            ref walk, key, header.FragmentOffset, !header.MoreFragments, header.Protocol));
    }

    public Carried Ipv6(ref PacketWalk walk)
    {
        if (!Ipv6Header.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        // RFC 2675 §2: with the jumbo option the length is 0. It is 0 without one where offload is to write it.
        if (header.PayloadLength > 0)
        {
            Measure(ref walk, header.PayloadLength + Ipv6Header.Length);
        }
        else if (header.NextHeader != IpProtocol.NoNextHeader)
        {
            counts.ZeroIpLengths++;
        }

        Enter(ref walk, header.Source, header.Destination, header.HopLimit, identification: 0);
        walk.Advance(Ipv6Header.Length);
        return Next(ref walk, header.NextHeader);
    }

    public Carried HopByHop(ref PacketWalk walk)
    {
        if (!Ipv6Extension.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        // The option counts from behind the IPv6 header, where this header begins (RFC 2675 §2), and is an error up to
        // 65,535 (§3). One that runs past the frame is not believed either: it may claim four gigabytes.
        if (header.TryGetJumboLength(out var length) && length > ushort.MaxValue && length <= walk.LengthOnWire)
        {
            Measure(ref walk, (int)length);
        }

        walk.Advance(header.Length);
        return Next(ref walk, header.NextHeader);
    }

    public static Carried Options(ref PacketWalk walk)
    {
        if (!Ipv6Extension.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(header.Length);
        return Next(ref walk, header.NextHeader);
    }

    public static Carried Routing(ref PacketWalk walk)
    {
        if (!Ipv6Extension.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        // RFC 8200 §8.1: also in the pseudo-header. What the answers come from is the final destination.
        if (header.TryGetFinalDestination(walk.Destination, out var final))
        {
            walk.Destination = final;
        }

        walk.Advance(header.Length);
        return Next(ref walk, header.NextHeader);
    }

    public Carried Fragment(ref PacketWalk walk)
    {
        if (!Ipv6FragmentHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.Advance(Ipv6FragmentHeader.Length);
        if (header.IsAtomic)
        {
            return Next(ref walk, header.NextHeader);
        }

        var key = new FragmentKey(walk.Source, walk.Destination, header.Identification, 0);
        return Noted(ref walk, _fragments.Take(
            ref walk, key, header.FragmentOffset, !header.MoreFragments, header.NextHeader));
    }

    public static Carried Authentication(ref PacketWalk walk)
    {
        if (!AuthenticationHeader.TryParse(walk.Octets, out var header, out var error))
        {
            return walk.Fail(error);
        }

        walk.EnterTunnel(TunnelKind.Ipsec, header.ParametersIndex);
        walk.Advance(header.Length);
        return Next(ref walk, header.NextHeader);
    }

    private void Measure(ref PacketWalk walk, int lengthOnWire)
    {
        if (lengthOnWire > walk.Octets.Length)
        {
            counts.CutByCapture++;
        }

        walk.Trim(lengthOnWire);
    }

    private static void Enter(ref PacketWalk walk, Address source, Address destination, byte timeToLive, ushort identification)
    {
        walk.InIp = true;
        walk.Source = source;
        walk.Destination = destination;
        walk.TimeToLive = timeToLive;
        walk.Identification = identification;
    }

    private static Carried Next(ref PacketWalk walk, byte protocol) => Noted(ref walk, IpProtocol.Carries(protocol));

    /// <summary>IP directly in IP is a tunnel of its own (RFC 2003, RFC 4213, RFC 2473).</summary>
    private static Carried Noted(ref PacketWalk walk, Carried next)
    {
        if (next is Carried.Ipv4 or Carried.Ipv6)
        {
            walk.EnterTunnel(TunnelKind.IpInIp, 0);
        }

        return next;
    }
}
