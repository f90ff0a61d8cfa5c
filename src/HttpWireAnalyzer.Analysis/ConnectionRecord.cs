using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Analysis;

/// <summary>A finished connection, with what was concluded from it.</summary>
public sealed class ConnectionRecord
{
    public required TcpSummary Tcp { get; init; }

    public required HttpSummary Http { get; init; }

    public required CloseVerdict Close { get; init; }

    public required AtClose AtClose { get; init; }

    public required Handshake Handshake { get; init; }

    public required ConnectionEnds Ends { get; init; }

    /// <summary>Holes in both streams.</summary>
    public required int Gaps { get; init; }

    /// <summary>Kinds of remark that the connection has, one bit for each <see cref="TcpRemarkKind"/>.</summary>
    public required uint RemarkKinds { get; init; }

    /// <summary>Requests that found the connection open: all but the first, and but for those inside a tunnel.</summary>
    public required int Reuses { get; init; }

    /// <summary>Null unless digests were asked for.</summary>
    public required DigestPair? Digests { get; init; }

    public int Number => Tcp.Connection.Number;

    /// <summary>The longest time with nothing outstanding, before a request or before the end; -1 without one.</summary>
    public long MaxIdle => long.Max(AtClose.MaxIdleBefore, AtClose.Idle);

    public bool IsHttp => Http.Requests > 0 || Http.Responses > 0;

    /// <summary>A FIN or RST says who ended it.</summary>
    public bool HasCloser => Tcp.Close.How is not (CloseManner.Open or CloseManner.Unanswered);

    /// <summary>Nobody closed first: each sent its FIN before it saw the other's (RFC 9293 §3.6, figure 13).</summary>
    public bool HasTwoClosers => Tcp.Close.How == CloseManner.SimultaneousFin;

    /// <summary>It never came to be: refused, or not answered.</summary>
    public bool NeverOpened => Tcp.Close.How is CloseManner.Refused or CloseManner.Unanswered;

    public bool Has(TcpRemarkKind kind) => (RemarkKinds >> (int)kind & 1) != 0;
}

/// <summary>The two ends of a connection, with their addresses as text, made once.</summary>
public sealed class ConnectionEnds(Endpoint client, Endpoint server)
{
    public Endpoint Client { get; } = client;

    public Endpoint Server { get; } = server;

    public string ClientAddress => field ??= Client.Address.ToString();

    public string ServerAddress => field ??= Server.Address.ToString();

    public Endpoint Of(Side side) => side == Side.Client ? Client : Server;

    public string AddressOf(Side side) => side == Side.Client ? ClientAddress : ServerAddress;
}
