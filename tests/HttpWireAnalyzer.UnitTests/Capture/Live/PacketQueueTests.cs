using System.Text;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Capture.Live;

public class PacketQueueTests
{
    private const int Slabs = 16;
    private const int BodyOctets = 1000;
    private const int FlagsOffset = 14 + 20 + 13;

    private static readonly Endpoint Client = FrameBuilder.EndpointOf("192.0.2.1:40000");
    private static readonly Endpoint Server = FrameBuilder.EndpointOf("192.0.2.2:80");
    private static readonly byte[] Body = Frame(TcpFlags.Ack, new string('x', BodyOctets));
    private static readonly byte[] Head = Frame(TcpFlags.Ack, "HTTP/1.1 200 OK\r\n\r\n" + new string('x', BodyOctets));
    private static readonly byte[] Request = Frame(TcpFlags.Ack, "BASELINE-CONTROL / HTTP/1.1\r\n\r\n");
    private static readonly byte[] Fin = Frame(TcpFlags.Ack | TcpFlags.Fin, "bye");
    private static readonly byte[] Syn = Frame(TcpFlags.Syn, "");
    private static readonly byte[] Reset = Frame(TcpFlags.Rst, "");

    private readonly PacketQueue _queue = new(Slabs * PacketSlab.RoomOctets);
    private readonly PacketBatch _batch = new();
    private ShedCounts _shed;

    [Fact]
    public void Packets_come_as_they_went_in_numbered_from_1()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Add(i % 2 == 0 ? Body : Fin);
        }

        var taken = TakeAll();

        Assert.Equal(1_000, taken.Count);
        Assert.All(taken.Index(), each => Assert.Equal(each.Index % 2 == 0 ? Body : Fin, each.Item));
        Assert.Equal(default, _shed);
    }

    [Fact]
    public void With_nothing_to_give_it_says_how_late_it_is()
    {
        var late = new Timestamp(7);
        _queue.Flush(late);

        Assert.True(_queue.Take(_batch, TimeSpan.Zero));
        Assert.Equal((0, late), (_batch.Count, _batch.Clock));
    }

    [Fact]
    public void A_third_full_it_gives_nothing_up()
    {
        AddMany(Body, Slabs / 3);
        Assert.Equal(default, _shed);
    }

    [Fact]
    public void Bodies_go_first_and_leave_their_headers()
    {
        AddMany(Body, Slabs);
        Add(Head);
        Add(Request);

        Assert.True(_shed.Bodies > 0);
        Assert.Equal((0, 0, _shed.Bodies * BodyOctets), (_shed.Heads, _shed.Packets, _shed.Octets));
        var taken = TakeAll();
        Assert.Equal([Head, Request], taken[^2..]);
        Assert.Equal(Body[..^BodyOctets], taken[^3]);
    }

    [Fact]
    public void Heads_go_next()
    {
        AddMany(Head, Slabs);

        Assert.True(_shed.Heads > 0);
        Assert.Equal(0, _shed.Packets);
    }

    [Fact]
    public void Packets_go_last_and_never_those_that_open_or_close_a_connection()
    {
        while (_shed.Packets == 0)
        {
            Add(Head);
        }

        for (var i = 0; i < 1_000; i++)
        {
            Add(Syn);
            Add(Head);
            Add(Fin);
            Add(Reset);
        }

        Assert.Equal(1_001, _shed.Packets);
        var flags = TakeAll().Select(octets => (TcpFlags)octets[FlagsOffset]).ToList();
        Assert.Equal(1_000, flags.Count(each => each == TcpFlags.Syn));
        Assert.Equal(1_000, flags.Count(each => each == (TcpFlags.Fin | TcpFlags.Ack)));
        Assert.Equal(1_000, flags.Count(each => each == TcpFlags.Rst));
    }

    [Fact]
    public void What_is_no_TCP_stays_until_packets_go()
    {
        var datagram = FrameBuilder.Ethernet(FrameBuilder.Ipv4(
            Client.Address, Server.Address, FrameBuilder.UdpProtocol, FrameBuilder.Udp(5000, 53, new byte[500])));
        AddMany(Head, Slabs - 2);
        Assert.Equal(0, _shed.Packets);
        Add(datagram);

        Assert.Equal(datagram, TakeAll()[^1]);
    }

    private static byte[] Frame(TcpFlags flags, string payload) => FrameBuilder.Ethernet(FrameBuilder.TcpPacket(
        Client, Server, Encoding.Latin1.GetBytes(payload), flags: flags));

    /// <summary>As many as would have filled so many slabs as they are.</summary>
    private void AddMany(byte[] frame, int slabs)
    {
        for (var i = 0; i < slabs * (PacketSlab.RoomOctets / frame.Length); i++)
        {
            Add(frame);
        }
    }

    private void Add(byte[] frame) => _queue.Add(
        new PacketRecord(new PacketRef(0, default), 0, frame.Length, frame.Length, LinkType.Ethernet, 0), frame, ref _shed);

    private List<byte[]> TakeAll()
    {
        _queue.Complete();
        List<byte[]> taken = [];
        while (_queue.Take(_batch, TimeSpan.Zero))
        {
            for (var i = 0; i < _batch.Count; i++)
            {
                taken.Add(_batch.OctetsOf(_batch[i]).ToArray());
                Assert.Equal(taken.Count, _batch[i].Packet.Number);
            }
        }

        return taken;
    }
}
