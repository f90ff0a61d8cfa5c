using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Analysis.Pools;

/// <summary>Tells an account of pools what the stages before it would. A packet's time is its number in milliseconds.</summary>
internal sealed class PoolScript
{
    private readonly Dictionary<int, Told> _connections = [];

    public PoolScript(PoolLimits? limits = null) => Account = new PoolAccount(Recorder, limits ?? PoolLimits.Default);

    public PoolAccount Account { get; }

    public ExchangeRecorder Recorder { get; } = new();

    public static PacketRef At(long number) => new(number, new Timestamp(number * 1_000_000));

    public static Endpoint Endpoint(byte host, ushort port) => new(Address.FromIpv4(0x0A000000u + host), port);

    public PoolScript Open(int connection, long at, byte client = 7, ushort port = 80, byte server = 1, bool midstream = false)
    {
        var told = new Told(Endpoint(client, (ushort)(40_000 + connection)), Endpoint(server, port), at, midstream);
        _connections[connection] = told;
        Account.OnOpened(new ConnectionOpening(
            Id(connection), told.Client, told.Server, 1, midstream, At(at)));
        if (!midstream)
        {
            Change(connection, Side.Client, TcpState.SynSent, TcpInput.SendSyn, at);
        }

        return this;
    }

    public PoolScript Establish(int connection, long at)
    {
        _connections[connection].HandshakeAck = At(at);
        Change(connection, Side.Client, TcpState.Established, TcpInput.ReceiveSynAck, at);
        Change(connection, Side.Server, TcpState.Established, TcpInput.SynAcknowledged, at);
        return this;
    }

    public PoolScript Busy(int connection, long since)
    {
        Account.OnBusy(Id(connection), At(since));
        return this;
    }

    /// <summary>An exchange, as it ends. Without an answer: <paramref name="status"/> 0.</summary>
    public PoolScript Exchange(
        int connection, long start, long end, int status = 200, string method = "GET", string target = "/cart",
        string host = "app", int outstanding = 0, long body = 0, ExchangeEnd? outcome = null,
        Side requester = Side.Client, bool isWhole = true)
    {
        var told = _connections[connection];
        var head = new RequestHead
        {
            Method = method,
            Target = target,
            Host = host,
            IsIdempotent = method is "GET" or "PUT",
            ExpectsContinue = false,
            Version = HttpVersion.Http11,
            Octets = [],
            ContentLength = body > 0 ? body : -1,
            TransferCoding = TransferCoding.None,
            Connection = ConnectionOptions.None,
            KeepAliveTimeout = -1,
            KeepAliveMax = -1,
            Upgrade = null,
            Anomalies = HttpAnomalies.None,
        };
        Account.OnExchange(new HttpExchange
        {
            Connection = Id(connection),
            Ordinal = ++told.Exchanges,
            IsCold = told.Exchanges == 1,
            Request = head,
            Response = status > 0 ? Conversation.Response(status) : null,
            Requester = requester,
            RequestTrace = new MessageTrace { Start = At(start), HeadEnd = At(start), End = At(start), BodyOctets = body, Complete = isWhole },
            ResponseTrace = status > 0 ? new MessageTrace { Start = At(end), HeadEnd = At(end), End = At(end), Complete = true } : default,
            InterimResponses = 0,
            FirstInterim = default,
            PipelineDepth = 1,
            Outstanding = outstanding,
            IdleBefore = told.LastEnd > 0 ? At(start).Time.Since(At(told.LastEnd).Time) : -1,
            Persistence = default,
            End = outcome ?? (status > 0 ? ExchangeEnd.Complete : ExchangeEnd.Unanswered),
            EndedBy = At(end),
            Pairing = PairingConfidence.Certain,
            TunnelDepth = 0,
            Anomalies = HttpAnomalies.None,
        });
        told.LastEnd = end;
        return this;
    }

    /// <summary>A whole exchange whose request is one segment.</summary>
    public PoolScript Carry(int connection, long start, long end, int status = 200, string method = "GET", string target = "/cart", string host = "app", long body = 0) =>
        Busy(connection, start).Exchange(connection, start, end, status, method, target, host, body: body);

    public PoolScript Fin(int connection, Side side, long at)
    {
        var told = _connections[connection];
        told.Close = told.Close.How != CloseManner.Open
            ? told.Close with { How = CloseManner.Fin }
            : new CloseAnatomy { How = CloseManner.HalfClosed, First = side, Packet = At(at) };
        Change(connection, side, TcpState.FinWait1, TcpInput.SendFin, at);
        return this;
    }

    public PoolScript Rst(int connection, Side side, long at)
    {
        _connections[connection].Close = new CloseAnatomy { How = CloseManner.Reset, First = side, Packet = At(at) };
        Change(connection, side, TcpState.Closed, TcpInput.SendRst, at);
        return this;
    }

    /// <summary>The connection leaves the table, long after or at the capture's end.</summary>
    public PoolScript Leave(int connection, long last)
    {
        var told = _connections[connection];
        Account.OnClosed(
            new TcpSummary
            {
                Connection = Id(connection),
                Client = told.Client,
                Server = told.Server,
                Swapped = false,
                Encapsulation = Encapsulation.None,
                Incarnation = 1,
                Midstream = told.Midstream,
                First = At(told.First),
                Last = At(last),
                HandshakeAck = told.HandshakeAck,
                Close = told.Close,
                ClientEnd = End(told.Midstream ? default : At(told.First), default),
                ServerEnd = End(told.Midstream ? default : told.HandshakeAck, new EndCounters { SynAcks = 1 }),
                ZeekState = ZeekState.SF,
                ZeekHistory = "",
            },
            default);
        return this;
    }

    private static ConnectionId Id(int connection) => new(connection, connection);

    private static EndSummary End(PacketRef syn, EndCounters counters) => new()
    {
        State = TcpState.Closed,
        Basis = StateBasis.Sent,
        StateSince = default,
        Counters = counters,
        Syn = syn,
        Fin = default,
        Rst = default,
        Last = default,
        InitialSequence = 1,
        MaximumSegmentSize = 1460,
        WindowScale = 7,
        Options = EndOptions.None,
        TimeToLive = 64,
    };

    private void Change(int connection, Side side, TcpState to, TcpInput input, long at) =>
        Account.OnStateChange(new TcpStateChange(
            Id(connection), side, TcpState.Unknown, to, input, StateBasis.Sent, At(at)));

    private sealed class Told(Endpoint client, Endpoint server, long first, bool midstream)
    {
        public Endpoint Client { get; } = client;

        public Endpoint Server { get; } = server;

        public long First { get; } = first;

        public bool Midstream { get; } = midstream;

        public PacketRef HandshakeAck { get; set; }

        public CloseAnatomy Close { get; set; }

        public int Exchanges { get; set; }

        public long LastEnd { get; set; }
    }
}
