using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>A finished connection, with what was concluded from it.</summary>
/// <remarks>
/// Good until the call that gives it returns: then it serves for another connection. Who keeps it keeps a
/// <see cref="Copy"/>.
/// </remarks>
public sealed class ConnectionRecord
{
    /// <summary>Nobody waits on purpose for less: above the delayed ACK (200 ms) and two round trips it is idleness.</summary>
    public const long AtOnce = Timestamp.NanosecondsPerSecond / 5;

    private TcpSummary _tcp;
    private HttpSummary _http;
    private AtClose _atClose;

    internal ConnectionRecord(AddressTexts texts) => Ends = new ConnectionEnds(texts);

    public ref readonly TcpSummary Tcp => ref _tcp;

    public ref readonly HttpSummary Http => ref _http;

    public CloseVerdict Close { get; private set; }

    public ref readonly AtClose AtClose => ref _atClose;

    public Handshake Handshake { get; private set; }

    public ConnectionEnds Ends { get; private set; }

    /// <summary>Holes in both streams.</summary>
    public int Gaps { get; private set; }

    /// <inheritdoc cref="EndSummary.HasUnseenFin"/>
    public bool HasUnseenFin => _tcp.ClientEnd.HasUnseenFin || _tcp.ServerEnd.HasUnseenFin;

    /// <summary>Kinds of remark that the connection has, one bit for each <see cref="TcpRemarkKind"/>.</summary>
    public uint RemarkKinds { get; private set; }

    /// <summary>
    /// Requests that found the connection open: all but the first, where its opening was captured, and but for those inside
    /// a tunnel.
    /// </summary>
    public int Reuses { get; private set; }

    /// <summary>Null unless digests were asked for.</summary>
    public DigestPair? Digests { get; private set; }

    /// <summary>Of a live capture: whose its sockets are, as far as it was found.</summary>
    public ConnectionOwners Owners { get; set; }

    public int Number => _tcp.Connection.Number;

    /// <summary>The longest time with nothing outstanding, before a request or before the end; -1 without one.</summary>
    public long MaxIdle => long.Max(_atClose.MaxIdleBefore, _atClose.Idle);

    /// <summary>No octet was sent on it, as a capture from its SYNs on shows.</summary>
    public bool IsEmpty => CloseJudge.IsEmpty(_tcp);

    public bool IsHttp => _http.Requests > 0 || _http.Responses > 0;

    /// <inheritdoc cref="CloseAnatomy.HasCloser"/>
    public bool HasCloser => _tcp.Close.HasCloser;

    /// <summary>Nobody closed first: each sent its FIN before it saw the other's (RFC 9293 §3.6, figure 13).</summary>
    public bool HasTwoClosers => _tcp.Close.How == CloseManner.SimultaneousFin;

    /// <summary>
    /// Nanoseconds in which what an end sends can be answered, or cross what the other sends: two round trips of the
    /// handshake, at least <see cref="AtOnce"/>.
    /// </summary>
    public long AnswerTime => long.Max(2 * Handshake.RoundTrip, AtOnce);

    /// <summary>
    /// Idle, and might have gone on, when an end reset it that nothing had been sent to just before: a timer may end a
    /// connection so, too.
    /// </summary>
    public bool IsIdleReset => Close.Reason == CloseReason.Reset && _atClose.Idle >= AtOnce
        && _atClose.Persistence.Verdict != PersistenceVerdict.Closes && !ForeignResets.MayBe(_tcp, _tcp.Close.First)
        && _tcp.Close.Packet.Time.Since(_tcp.EndOf(_tcp.Close.First.Other()).Last.Time) >= AtOnce;

    /// <inheritdoc cref="CloseAnatomy.NeverOpened"/>
    public bool NeverOpened => _tcp.Close.NeverOpened;

    /// <inheritdoc cref="TcpSummary.IsOneSided"/>
    public bool IsOneSided => _tcp.IsOneSided;

    /// <summary>That end closed, and the other had not done so on its own.</summary>
    public bool IsClosedBy(Side side) => HasCloser && !HasTwoClosers && _tcp.Close.First == side;

    public bool Has(TcpRemarkKind kind) => (RemarkKinds >> (int)kind & 1) != 0;

    /// <summary>One that stays as it is.</summary>
    public ConnectionRecord Copy()
    {
        var copy = (ConnectionRecord)MemberwiseClone();
        copy.Ends = Ends.Copy();
        return copy;
    }

    /// <summary>Tells of another connection from now on.</summary>
    internal void Take(in TcpSummary tcp, in HttpSummary http, in OpenConnection open, DigestPair? digests)
    {
        _tcp = tcp;
        _http = http;
        _atClose = open.Watch.At(_tcp, _http);
        Close = CloseJudge.Judge(_tcp, _http, _atClose);
        Handshake = Handshake.Of(_tcp);
        Ends.Take(tcp.Client, tcp.Server);
        Gaps = open.Gaps;
        RemarkKinds = open.RemarkKinds;
        Reuses = int.Max(0, open.Requests - (tcp.Midstream ? 0 : 1));
        Digests = digests;
        Owners = default;
    }
}
