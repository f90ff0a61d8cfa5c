using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.TestBuilders.FrameBuilder;
using static HttpWireAnalyzer.UnitTests.Wire.Decoding;

namespace HttpWireAnalyzer.UnitTests.Wire.Ip;

public sealed class FragmentTests
{
    private const byte FragmentHeader = 44;
    private static readonly byte[] Long = [.. Enumerable.Range(0, 900).Select(index => (byte)index)];
    private static readonly byte[] Segment4 = Segment(Client, Server, Long);
    private static readonly byte[] Segment6 = Segment(Client6, Server6, Long);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_frame_that_completes_the_datagram_gives_the_segment(bool isIpv6)
    {
        var decoding = new Decoding();
        foreach (var (from, to) in Pieces(920, 304))
        {
            decoding.Take(Fragment(isIpv6, from, to));
        }

        var segment = Assert.Single(decoding.Sink.Segments);
        Assert.Equal((4, ChecksumVerdict.Good), (segment.Packet.Number, segment.Checksum));
        Assert.Equal(Long, segment.Payload);
        Assert.Equal(3, decoding.Counts.FragmentsHeld);
        Assert.Equal(1, decoding.Counts.DatagramsReassembled);
    }

    [Fact]
    public void Any_order_any_cuts_and_duplicates_give_the_same_segment()
    {
        var plan =
            from isIpv6 in ArbMap.Default.GeneratorFor<bool>()
            from size in Gen.Choose(1, 60)
            from duplicates in Gen.ListOf(Gen.Choose(0, 919), 4)
            let pieces = Pieces(920, size * 8).ToArray()
            let again = duplicates.Select(at => (From: at & ~7, To: Math.Min(920, (at & ~7) + 48)))
            from shuffled in Gen.Shuffle(pieces.Concat(again).ToArray())
            select (isIpv6, shuffled);

        Prop.ForAll(Arb.From(plan), run =>
        {
            var decoding = new Decoding();
            foreach (var (from, to) in run.shuffled)
            {
                decoding.Take(Fragment(run.isIpv6, from, to));
            }

            // A piece that comes after completion starts the datagram anew, and duplicates alone never complete one.
            return decoding.Sink.Segments.Count == 1
                && decoding.Sink.Segments[0].Payload.AsSpan().SequenceEqual(Long)
                && decoding.Counts.FragmentConflicts == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_first_copy_wins_and_the_conflict_is_counted()
    {
        var other = Segment4.ToArray();
        Array.Fill<byte>(other, 0xEE, 304, 304);

        var decoding = new Decoding()
            .Take(Fragment(false, 304, 608))
            .Take(Ethernet(Ipv4(Client.Address, Server.Address, TcpProtocol, other[296..616], 1, 296, true)))
            .Take(Fragment(false, 0, 304))
            .Take(Fragment(false, 608, 920));

        Assert.Equal(Long, Assert.Single(decoding.Sink.Segments).Payload);
        Assert.Equal((3, 1), (decoding.Counts.FragmentOverlaps, decoding.Counts.FragmentConflicts));
    }

    [Fact]
    public void A_repeated_fragment_is_an_overlap_without_conflict()
    {
        var counts = new Decoding().Take(Fragment(false, 0, 304)).Take(Fragment(false, 0, 304)).Counts;

        Assert.Equal((1, 0), (counts.FragmentOverlaps, counts.FragmentConflicts));
    }

    [Fact]
    public void Other_identifications_and_ends_are_other_datagrams()
    {
        var decoding = new Decoding()
            .Take(Fragment(false, 0, 304))
            .Take(Ethernet(Ipv4(Client.Address, Server.Address, TcpProtocol, Segment4[304..], 2, 304, false)))
            .Take(Ethernet(Ipv4(Server.Address, Client.Address, TcpProtocol, Segment4[304..], 1, 304, false)))
            .Take(Ethernet(Ipv4(Client.Address, Server.Address, UdpProtocol, Segment4[304..], 1, 304, false)));

        Assert.Equal(4, decoding.Counts.FragmentsHeld);
    }

    [Fact]
    public void After_thirty_seconds_a_datagram_is_forgotten()
    {
        var decoding = new Decoding()
            .Take(Fragment(false, 0, 304), seconds: 1)
            .Take(Fragment(false, 304, 608), seconds: 31)
            .Take(Fragment(false, 608, 920), seconds: 31.1);

        Assert.Empty(decoding.Sink.Segments);
        Assert.Equal(1, decoding.Counts.DatagramsTimedOut);
    }

    [Fact]
    public void What_was_not_captured_of_a_fragment_is_not_made_up()
    {
        var last = Fragment(false, 608, 920);
        var decoding = new Decoding()
            .Take(Fragment(false, 0, 304))
            .Take(Fragment(false, 304, 608)[..(34 + 100)], originalLength: 34 + 304)
            .Take(last);

        var segment = Assert.Single(decoding.Sink.Segments);
        Assert.Equal(Long[..(404 - 20)], segment.Payload);
        Assert.Equal((900, ChecksumVerdict.Unverifiable), (segment.PayloadLengthOnWire, segment.Checksum));
    }

    [Theory]
    [InlineData(65528, 16, false)] // runs past the largest datagram
    [InlineData(8, 0, true)] // carries nothing
    [InlineData(8, 12, true)] // not a multiple of eight, and not the last
    public void Impossible_fragments_are_dropped(int offset, int length, bool more)
    {
        var error = ErrorOf(Ethernet(Ipv4(Client.Address, Server.Address, TcpProtocol, new byte[length], 1, offset, more)));

        Assert.Equal((Layer.Fragment, DecodeErrorKind.FragmentsDropped), (error.Layer, error.Kind));
    }

    [Fact]
    public void A_fragment_of_length_zero_in_a_record_of_any_length_is_dropped()
    {
        var fragment = Ethernet(Ipv4(Client.Address, Server.Address, TcpProtocol, new byte[16], 1, 65528, true, totalLength: 0));

        var error = Assert.Single(new Decoding().Take(fragment, originalLength: int.MaxValue).Sink.Undecodable).Error;

        Assert.Equal(DecodeErrorKind.FragmentsDropped, error.Kind);
    }

    [Fact]
    public void A_second_end_is_refused_and_the_first_stays()
    {
        var decoding = new Decoding()
            .Take(Fragment(false, 608, 920))
            .Take(Ethernet(Ipv4(Client.Address, Server.Address, TcpProtocol, new byte[8], 1, 960, false)))
            .Take(Ethernet(Ipv4(Client.Address, Server.Address, TcpProtocol, new byte[8], 1, 304, false)))
            .Take(Fragment(false, 0, 304))
            .Take(Fragment(false, 304, 608));

        Assert.Equal(2, decoding.Counts.Undecodable);
        Assert.Equal(Long, Assert.Single(decoding.Sink.Segments).Payload);
    }

    [Fact]
    public void The_oldest_datagram_gives_way_at_the_limits()
    {
        var few = new Decoding(DecoderLimits.Default with { MaximumDatagrams = 2 });
        var small = new Decoding(DecoderLimits.Default with { MaximumFragmentOctets = 700 });
        foreach (var decoding in new[] { few, small })
        {
            for (ushort id = 1; id <= 3; id++)
            {
                decoding.Take(Ethernet(Ipv4(Client.Address, Server.Address, TcpProtocol, Segment4[..304], id, 0, true)));
            }

            Assert.Equal(1, decoding.Counts.DatagramsEvicted);
        }
    }

    [Fact]
    public void A_datagram_in_too_many_fragments_is_dropped()
    {
        var decoding = new Decoding(DecoderLimits.Default with { MaximumFragmentsPerDatagram = 3 });
        foreach (var (from, to) in Pieces(920, 160))
        {
            decoding.Take(Fragment(false, from, to));
        }

        Assert.Equal(DecodeErrorKind.FragmentsDropped, decoding.Sink.Undecodable[0].Error.Kind);
        Assert.Empty(decoding.Sink.Segments);
    }

    [Fact]
    public void Reassembly_within_reassembly_works()
    {
        var inner = Pieces(920, 304).Select(piece => Fragment(false, piece.From, piece.To)[14..]);
        var decoding = new Decoding();
        ushort id = 100;
        foreach (var packet in inner)
        {
            id++;
            decoding.Take(Ethernet(Ipv4(Client.Address, Server.Address, 4, packet[16..], id, 16, false)));
            decoding.Take(Ethernet(Ipv4(Client.Address, Server.Address, 4, packet[..16], id, 0, true)));
        }

        Assert.Equal(Long, Assert.Single(decoding.Sink.Segments).Payload);
    }

    private static IEnumerable<(int From, int To)> Pieces(int length, int size)
    {
        for (var from = 0; from < length; from += size)
        {
            yield return (from, Math.Min(from + size, length));
        }
    }

    private static byte[] Fragment(bool isIpv6, int from, int to) => isIpv6
        ? Ethernet(Ipv6(Client6.Address, Server6.Address, FragmentHeader, Ipv6Fragment(
            TcpProtocol, 77, from, to < Segment6.Length, Segment6[from..to])))
        : Ethernet(Ipv4(
            Client.Address, Server.Address, TcpProtocol, Segment4[from..to], 1, from, to < Segment4.Length));
}
