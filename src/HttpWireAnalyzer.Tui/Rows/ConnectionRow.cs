using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tui.Rows;

/// <summary>
/// A connection as the lists show it. Text is made of it only where it is on the screen. Durations are nanoseconds, -1
/// where unknown; frames are 0 where there is none.
/// </summary>
[StructLayout(LayoutKind.Auto)]
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "A row is changed where it stands.")]
internal record struct ConnectionRow
{
    public Address ClientAddress;
    public Address ServerAddress;
    public Timestamp Start;
    public Timestamp Last;
    public long FirstFrame;
    public long LastFrame;

    /// <summary>The first FIN or RST.</summary>
    public long CloseFrame;

    /// <summary>The packet that shows the reason of the close.</summary>
    public long ReasonFrame;
    public long Connect;
    public long RoundTrip;
    public long MaxIdle;
    public long IdleAtClose;
    public long ClientOctets;
    public long ServerOctets;
    public int Number;
    public int Requests;
    public int Unanswered;
    public int Reuses;
    public int PipelineDepth;
    public int KeepAliveTimeout;
    public int KeepAliveMax;
    public int Packets;
    public int Retransmissions;
    public int Gaps;
    public ushort ClientPort;
    public ushort ServerPort;
    public CloseManner How;
    public Side First;
    public CloseReason Reason;
    public ApplicationProtocol Protocol;
    public PersistenceVerdict Persistence;
    public TcpState ClientState;
    public TcpState ServerState;
    public RowFlags Flags;
    public RowSeverity Severity;

    /// <summary>The rule of its worst finding: HWA-K001; null while there is none, and until all is known.</summary>
    public string? Rule;

    /// <summary>Of that finding.</summary>
    public Severity RuleSeverity;

    /// <summary>The processes at its ends, of a live capture.</summary>
    public ConnectionOwners Owners;

    public readonly Endpoint Client => new(ClientAddress, ClientPort);

    public readonly Endpoint Server => new(ServerAddress, ServerPort);

    public readonly long Duration => Last.Since(Start);

    public readonly bool Has(RowFlags flag) => (Flags & flag) != 0;

    /// <summary>A connection that has just opened.</summary>
    public static ConnectionRow Of(in ConnectionOpening opening) => new()
    {
        Number = opening.Connection.Number,
        ClientAddress = opening.Client.Address,
        ClientPort = opening.Client.Port,
        ServerAddress = opening.Server.Address,
        ServerPort = opening.Server.Port,
        Start = opening.Packet.Time,
        Last = opening.Packet.Time,
        FirstFrame = opening.Packet.Number,
        LastFrame = opening.Packet.Number,
        Connect = -1,
        RoundTrip = -1,
        MaxIdle = -1,
        IdleAtClose = -1,
        KeepAliveTimeout = -1,
        KeepAliveMax = -1,
        Flags = RowFlags.UnderWay | (opening.Midstream ? RowFlags.Midstream : 0) | (opening.Incarnation > 1 ? RowFlags.Reincarnated : 0),
    };

    /// <summary>One that has left the table.</summary>
    public static ConnectionRow Of(ConnectionRecord connection)
    {
        ref readonly var tcp = ref connection.Tcp;
        ref readonly var http = ref connection.Http;
        var close = tcp.Close;
        return new ConnectionRow
        {
            Number = connection.Number,
            ClientAddress = tcp.Client.Address,
            ClientPort = tcp.Client.Port,
            ServerAddress = tcp.Server.Address,
            ServerPort = tcp.Server.Port,
            Start = tcp.First.Time,
            Last = tcp.Last.Time,
            FirstFrame = tcp.First.Number,
            LastFrame = tcp.Last.Number,
            CloseFrame = close.Packet.Number,
            ReasonFrame = connection.Close.Evidence.Number,
            Connect = connection.Handshake.Total,
            RoundTrip = connection.Handshake.RoundTrip,
            MaxIdle = connection.MaxIdle,
            IdleAtClose = connection.AtClose.Idle,
            ClientOctets = tcp.ClientEnd.Counters.UniqueOctets,
            ServerOctets = tcp.ServerEnd.Counters.UniqueOctets,
            Requests = http.Requests,
            Unanswered = http.Unanswered,
            Reuses = connection.Reuses,
            PipelineDepth = http.MaxPipelineDepth,
            KeepAliveTimeout = Saturated(http.KeepAliveTimeout),
            KeepAliveMax = Saturated(http.KeepAliveMax),
            Packets = Saturated(tcp.ClientEnd.Counters.Packets + tcp.ServerEnd.Counters.Packets),
            Retransmissions = tcp.ClientEnd.Counters.Retransmissions + tcp.ServerEnd.Counters.Retransmissions,
            Gaps = connection.Gaps,
            How = close.How,
            First = close.First,
            Reason = connection.Close.Reason,
            Protocol = http.Protocol,
            Persistence = http.LastPersistence.Verdict,
            ClientState = tcp.ClientEnd.State,
            ServerState = tcp.ServerEnd.State,
            Flags = FlagsOf(connection),
            Severity = RowSeverities.Of(connection),
            Owners = connection.Owners,
        };
    }

    private static int Saturated(long count) => (int)long.Min(count, int.MaxValue);

    private static RowFlags FlagsOf(ConnectionRecord connection)
    {
        ref readonly var tcp = ref connection.Tcp;
        return (connection.IsHttp ? RowFlags.Http : 0)
            | (connection.HasCloser ? RowFlags.Closed : 0)
            | (tcp.Midstream ? RowFlags.Midstream : 0)
            | (tcp.Incarnation > 1 ? RowFlags.Reincarnated : 0)
            | (tcp.Close.ClientHoldsTimeWait ? RowFlags.ClientTimeWait : 0)
            | (tcp.Close.ServerHoldsTimeWait ? RowFlags.ServerTimeWait : 0)
            | (tcp.Close.TimeWaitReset.IsNone ? 0 : RowFlags.TimeWaitReset)
            | (tcp.ClientEnd.Basis == StateBasis.Assumed ? RowFlags.ClientAssumed : 0)
            | (tcp.ServerEnd.Basis == StateBasis.Assumed ? RowFlags.ServerAssumed : 0);
    }
}

/// <summary>What is or is not of a connection.</summary>
[Flags]
internal enum RowFlags : ushort
{
    /// <summary>It has not left the table: what is said of it is not final.</summary>
    UnderWay = 1,
    Http = 2,

    /// <summary>A FIN or RST says who ended it.</summary>
    Closed = 4,
    Midstream = 8,

    /// <summary>Not the first one of its 4-tuple.</summary>
    Reincarnated = 16,
    ClientTimeWait = 32,
    ServerTimeWait = 64,

    /// <summary>Nothing that the end sent shows its state.</summary>
    ClientAssumed = 128,
    ServerAssumed = 256,

    /// <summary>It ended with a response that had no end of its own to come to: server-sent events.</summary>
    Endless = 512,

    /// <summary>A RST ended TIME-WAIT: the port is free again.</summary>
    TimeWaitReset = 1024,

    /// <summary>A FIN of the client was seen, or a RST of either end, of one that has not left the table.</summary>
    ClientClosing = 2048,

    /// <summary>The same of the server.</summary>
    ServerClosing = 4096,
}
