using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>The last step of a walk that came to TCP.</summary>
internal sealed class TcpLayer(ISegmentSink sink, DecodeCounts counts)
{
    /// <summary>The MTU of Ethernet (RFC 894): more payload than this was never one packet of a plain network.</summary>
    private const int EthernetMtu = 1500;

    public Carried Deliver(ref PacketWalk walk)
    {
        if (!TcpHeader.TryParse(walk.Octets, out var header, out var headerOnWire, out var error))
        {
            if (error.Kind == DecodeErrorKind.Truncated)
            {
                counts.TcpHeadersCut++;
            }

            return walk.Fail(error);
        }

        if (headerOnWire > walk.LengthOnWire)
        {
            // RFC 9293 §3.1: the data offset points to where the data begins, which is within the segment.
            return walk.Fail(DecodeError.TooSmall(Layer.Tcp, headerOnWire, walk.LengthOnWire));
        }

        var payload = walk.Octets[header.Length..];
        var payloadOnWire = walk.LengthOnWire - headerOnWire;
        var payloadSum = InternetChecksum.Sum(payload);
        var checksum = Verify(in walk, header.Length, payloadSum);
        counts.TcpSegments++;
        counts.SuperSegments += payloadOnWire > EthernetMtu ? 1 : 0;
        counts.GoodTcpChecksums += checksum == ChecksumVerdict.Good ? 1 : 0;
        counts.BadTcpChecksums += checksum == ChecksumVerdict.Bad ? 1 : 0;
        sink.OnSegment(new TcpSegment
        {
            Packet = walk.Packet,
            Source = new Endpoint(walk.Source, header.SourcePort),
            Destination = new Endpoint(walk.Destination, header.DestinationPort),
            Header = header,
            Payload = payload,
            PayloadLengthOnWire = payloadOnWire,
            Checksum = checksum,
            PayloadSum = payloadSum,
            TimeToLive = walk.TimeToLive,
            Encapsulation = walk.Encapsulation,
        });
        return Carried.Delivered;
    }

    /// <summary>RFC 9293 §3.1: over a pseudo-header (§8.1 of RFC 8200 for IPv6), the header and the payload.</summary>
    private static ChecksumVerdict Verify(in PacketWalk walk, int headerLength, ushort payloadSum)
    {
        if (walk.Octets.Length < walk.LengthOnWire)
        {
            return ChecksumVerdict.Unverifiable;
        }

        // The header has an even number of octets, so the payload's sum needs no turning (RFC 1071 §2 B).
        var sum = InternetChecksum.Of(walk.Source)
            + InternetChecksum.Of(walk.FinalDestination)
            + IpProtocol.Tcp
            + (uint)walk.LengthOnWire
            + InternetChecksum.Sum(walk.Octets[..headerLength])
            + payloadSum;
        return InternetChecksum.Fold(sum) == InternetChecksum.AllOnes ? ChecksumVerdict.Good : ChecksumVerdict.Bad;
    }
}
