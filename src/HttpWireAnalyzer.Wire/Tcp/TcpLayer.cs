using System.Runtime.CompilerServices;
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
            // RFC 9293 §3.1: the data offset points to where the data begins, which is within the segment. No end takes it.
            return walk.Fail(DecodeError.TooLarge(Layer.Tcp, walk.LengthOnWire, headerOnWire));
        }

        var addresses = new AddressPair(walk.Source, walk.Destination);
        var passage = new Passage(
            InternetChecksum.Of(walk.Source) + InternetChecksum.Of(walk.Destination),
            walk.TimeToLive,
            walk.Identification,
            walk.LengthOnWire);
        Send(
            walk.Packet, new TupleKey(addresses, header.Ports), addresses, walk.Encapsulation, passage, header, headerOnWire,
            walk.Octets);
        return Carried.Delivered;
    }

    /// <summary>Of a walk that failed at TCP's header.</summary>
    public static SegmentEnds? EndsOf(in PacketWalk walk) =>
        walk.Error.Layer == Layer.Tcp && TcpHeader.TryReadPorts(walk.Octets, out var source, out var destination)
            ? new SegmentEnds(new Endpoint(walk.Source, source), new Endpoint(walk.Destination, destination))
            : null;

    /// <param name="addresses">As <see cref="TcpSegment.WideAddresses"/>.</param>
    /// <param name="octets">The captured part of the segment, its header included.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(
        PacketRef packet,
        in TupleKey key,
        in AddressPair addresses,
        in Encapsulation encapsulation,
        in Passage passage,
        in TcpHeader header,
        int headerOnWire,
        ReadOnlySpan<byte> octets)
    {
        var payload = octets[header.Length..];
        var payloadOnWire = passage.LengthOnWire - headerOnWire;
        var words = payload.IsEmpty ? 0 : InternetChecksum.Words(payload);
        var checksum = octets.Length == passage.LengthOnWire
            ? Verify(passage, words + InternetChecksum.WordsOfHeader(header.Octets), header)
            : ChecksumVerdict.Unverifiable;
        counts.TcpSegments++;
        if ((header.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn)
        {
            counts.Syns++;
        }

        if (payloadOnWire > EthernetMtu)
        {
            counts.SuperSegments++;
        }

        if (checksum >= ChecksumVerdict.Bad)
        {
            counts.BadTcpChecksums++;
        }

        var payloadSum = payload.IsEmpty ? (ushort)0 : InternetChecksum.InNetworkOrder(words);

        // A local, so that it is made where it stays.
        var segment = new TcpSegment(
            packet, key, addresses, encapsulation, header, payload,
            new SegmentMeasures(payloadOnWire, payloadSum, checksum, passage.TimeToLive, passage.Identification));
        sink.OnSegment(segment);
    }

    /// <summary>RFC 9293 §3.1: over a pseudo-header (§8.1 of RFC 8200 for IPv6), the header and the payload.</summary>
    /// <remarks>The header has an even number of octets, so the payload's sum needs no turning (RFC 1071 §2 B).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ChecksumVerdict Verify(in Passage passage, ulong words, in TcpHeader header)
    {
        // The length is a piece of four octets in IPv6 and one of two in IPv4, where its upper half is zero.
        var sum = passage.AddressWords
            + InternetChecksum.Of(IpProtocol.Tcp)
            + InternetChecksum.Of((uint)passage.LengthOnWire)
            + words;
        return InternetChecksum.Fold(sum) == InternetChecksum.AllOnes ? ChecksumVerdict.Good : WrongOf(passage, header.Checksum);
    }

    /// <summary>Cards want the sum of the pseudo-header in its place, not complemented, or without the length; others 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ChecksumVerdict WrongOf(in Passage passage, ushort checksum)
    {
        var withoutLength = passage.AddressWords + InternetChecksum.Of(IpProtocol.Tcp);
        var pseudoHeader = withoutLength + InternetChecksum.Of((uint)passage.LengthOnWire);
        var isLeft = checksum == 0
            || checksum == InternetChecksum.InNetworkOrder(pseudoHeader)
            || checksum == InternetChecksum.InNetworkOrder(withoutLength);
        return isLeft ? ChecksumVerdict.LeftToCard : ChecksumVerdict.Bad;
    }
}

/// <summary>What the headers around a segment said of it.</summary>
/// <param name="AddressWords">What source and destination add to the checksum.</param>
/// <param name="LengthOnWire">Of the segment, its header included.</param>
internal readonly record struct Passage(
    ulong AddressWords, byte TimeToLive, ushort Identification, int LengthOnWire);
