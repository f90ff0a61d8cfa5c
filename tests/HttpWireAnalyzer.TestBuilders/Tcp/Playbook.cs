using System.Text;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.TestBuilders.Tcp;

/// <summary>
/// A conversation of two ends, played segment by segment into a <see cref="ConnectionTracker"/>. Packets are numbered
/// from 1 and stand one millisecond apart. Sequence numbers are written as stream offsets: -1 is the SYN, 0 the first
/// octet. What is not written goes on from what the end sent and was sent.
/// </summary>
public sealed class Playbook
{
    public const TcpFlags Syn = TcpFlags.Syn;
    public const TcpFlags SynAck = TcpFlags.Syn | TcpFlags.Ack;
    public const TcpFlags Ack = TcpFlags.Ack;
    public const TcpFlags FinAck = TcpFlags.Fin | TcpFlags.Ack;
    public const TcpFlags Rst = TcpFlags.Rst;
    public const TcpFlags RstAck = TcpFlags.Rst | TcpFlags.Ack;

    public static readonly Endpoint ClientEndpoint = new(Address.FromIpv4(0x0A00_0001), 40000);
    public static readonly Endpoint ServerEndpoint = new(Address.FromIpv4(0x0A00_0002), 80);

    private long _begun;
    private const long Step = 1_000_000;

    private readonly Actor _client = new(ClientEndpoint, 1_000);
    private readonly Actor _server = new(ServerEndpoint, 5_000);
    private bool _isCaptured = true;
    private ChecksumVerdict _checksum = ChecksumVerdict.Good;
    private Timestamp _nextTick;

    private Playbook(TrackerLimits limits, ITrackedSegmentSink? listing) =>
        Tracker = new ConnectionTracker(Story, limits, listing);

    public StreamStory Story { get; } = new();

    public ConnectionTracker Tracker { get; }

    /// <summary>The last packet played.</summary>
    public PacketRef Packet { get; private set; } = new(0, new Timestamp(1_700_000_000 * Timestamp.NanosecondsPerSecond));

    /// <param name="listing">Is told of each segment, as a list of packets is.</param>
    public static Playbook Start(TrackerLimits? limits = null, ITrackedSegmentSink? listing = null) =>
        new(limits ?? TrackerLimits.Default, listing);

    /// <summary>Packets 1 to 3: the handshake.</summary>
    public static Playbook Established(TrackerLimits? limits = null, ITrackedSegmentSink? listing = null) =>
        Start(limits, listing).Client(Syn).Server(SynAck).Client(Ack);

    /// <summary>Packet 4: the client's FIN, not answered yet.</summary>
    public static Playbook InFinWait1(TrackerLimits? limits = null) => Established(limits).Client(FinAck);

    /// <summary>Packet 5: the server acknowledges the client's FIN, and may go on sending.</summary>
    public static Playbook InFinWait2(TrackerLimits? limits = null) => InFinWait1(limits).Server(Ack);

    /// <summary>Packets 4 to 6: the client closes first, and holds TIME-WAIT.</summary>
    public static Playbook InTimeWait(TrackerLimits? limits = null) =>
        InFinWait1(limits).Server(FinAck).Client(Ack);

    public Playbook Client(string payload, long? seq = null, long? ack = null) =>
        Client(TcpFlags.Ack | TcpFlags.Psh, payload, seq, ack);

    public Playbook Server(string payload, long? seq = null, long? ack = null) =>
        Server(TcpFlags.Ack | TcpFlags.Psh, payload, seq, ack);

    /// <param name="seq">Stream offset of the first octet, -1 for a SYN; after what was sent, if not given.</param>
    /// <param name="ack">Stream offset in the other direction; all that was sent there, if not given.</param>
    /// <param name="wireLength">Payload octets on the wire, more than the capture kept.</param>
    /// <param name="id">Identification of the IPv4 header.</param>
    public Playbook Client(
        TcpFlags flags, string payload = "", long? seq = null, long? ack = null, ushort window = 65_000,
        byte[]? options = null, int? wireLength = null, ushort id = 0) =>
        Play(_client, _server, new Line(flags, payload, seq, ack, window, options, wireLength, id));

    /// <inheritdoc cref="Client(TcpFlags, string, long?, long?, ushort, byte[], int?, ushort)"/>
    public Playbook Server(
        TcpFlags flags, string payload = "", long? seq = null, long? ack = null, ushort window = 65_000,
        byte[]? options = null, int? wireLength = null, ushort id = 0) =>
        Play(_server, _client, new Line(flags, payload, seq, ack, window, options, wireLength, id));

    /// <summary>Segments that pass the tap unseen: sequence numbers go on, and no packet is captured.</summary>
    public Playbook Missed(Func<Playbook, Playbook> lines)
    {
        _isCaptured = false;
        lines(this);
        _isCaptured = true;
        return this;
    }

    /// <summary>Segments with a wrong checksum.</summary>
    public Playbook Damaged(Func<Playbook, Playbook> lines, ChecksumVerdict verdict = ChecksumVerdict.Bad)
    {
        _checksum = verdict;
        lines(this);
        _checksum = ChecksumVerdict.Good;
        return this;
    }

    /// <summary>The next SYNs have these initial sequence numbers: the 4-tuple is used again, or a stream wraps.</summary>
    public Playbook WithInitialSequences(uint client, uint server)
    {
        _client.Restart(client);
        _server.Restart(server);
        return this;
    }

    public Playbook Wait(long milliseconds)
    {
        Packet = Packet with { Time = Packet.Time.Plus(milliseconds * Step) };
        return this;
    }

    public Playbook Icmp(byte type, byte code)
    {
        Advance();
        Tracker.OnIcmpError(new IcmpError(
            Packet, new IcmpReason(IsIpv6: false, type, code), ServerEndpoint.Address, ClientEndpoint, ServerEndpoint));
        return this;
    }

    public StreamStory Finish()
    {
        Tracker.Finish();
        return Story;
    }

    private Playbook Play(Actor sender, Actor receiver, in Line line)
    {
        var isSyn = (line.Flags & TcpFlags.Syn) != 0;
        var offset = line.Seq ?? (isSyn ? -1 : sender.Next);
        var payload = Encoding.Latin1.GetBytes(line.Payload);
        var length = line.WireLength ?? payload.Length;
        var end = offset + length + (isSyn ? 1 : 0) + ((line.Flags & TcpFlags.Fin) != 0 ? 1 : 0);
        sender.Next = (line.Flags & TcpFlags.Rst) != 0 ? sender.Next : Math.Max(sender.Next, end);
        if (!_isCaptured)
        {
            return this;
        }

        Advance();
        var acknowledged = (line.Flags & TcpFlags.Ack) != 0 ? receiver.SequenceOf(line.Ack ?? receiver.Next) : 0;
        new SegmentLine(sender.Endpoint, receiver.Endpoint, sender.SequenceOf(offset), line.Flags)
        {
            Acknowledgment = acknowledged,
            Window = line.Window,
            Options = line.Options ?? [],
            Payload = payload,
            LengthOnWire = length,
            Identification = line.Id,
            Checksum = _checksum,
        }.PlayInto(Tracker, Packet);
        return this;
    }

    /// <summary>Connections that begin elsewhere in the capture: as many as make closed ones leave.</summary>
    public long BegunBetweenTicks { get; set; } = TrackerLimits.Default.ClosedKept;

    // Time passes in the tracker as AnalysisPipeline lets it pass.
    private void Advance()
    {
        Packet = new PacketRef(Packet.Number + 1, Packet.Time.Plus(Step));
        var tick = TrackerLimits.Default.Tick;
        var next = Packet.Time.Next(tick);
        if (next > _nextTick)
        {
            // Others begin in the time between: after the tick behind the last packet, before the one that is now.
            Tracker.Advance(_nextTick, _begun);
            _begun += BegunBetweenTicks;
            Tracker.Advance(next.Plus(-tick), _begun);
            _nextTick = next;
        }
    }

    private readonly record struct Line(
        TcpFlags Flags, string Payload, long? Seq, long? Ack, ushort Window, byte[]? Options, int? WireLength, ushort Id);

    private sealed class Actor(Endpoint endpoint, uint initialSequence)
    {
        private uint _initialSequence = initialSequence;

        public Endpoint Endpoint { get; } = endpoint;

        public long Next { get; set; }

        public uint SequenceOf(long offset) => unchecked(_initialSequence + 1 + (uint)offset);

        public void Restart(uint initialSequence)
        {
            _initialSequence = initialSequence;
            Next = 0;
        }
    }
}
