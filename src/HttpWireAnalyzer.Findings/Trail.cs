using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>What was out of the ordinary on a connection, until it ends. Most connections have none.</summary>
/// <remarks>Sides are as the events said; see <see cref="ConnectionCase.Actual"/>. A list is made with its first entry.</remarks>
public sealed class Trail
{
    /// <summary>
    /// The remarks that rules read here, one bit for each kind. The others are common on a lossy path, and counted by
    /// the connection's summary: they leave no trail.
    /// </summary>
    private const uint Kept = 1u << (int)TcpRemarkKind.RetransmissionTimeout | 1u << (int)TcpRemarkKind.KeepAliveProbe
        | 1u << (int)TcpRemarkKind.IcmpError | 1u << (int)TcpRemarkKind.ChallengeAck
        | 1u << (int)TcpRemarkKind.SynOnOpenConnection | 1u << (int)TcpRemarkKind.SpuriousRetransmission;

    private List<HttpExchange>? _exchanges;
    private List<TcpRemark>? _tcp;
    private List<HttpRemark>? _http;
    private List<StreamGap>? _gaps;
    private LastCalls? _calls;
    private List<PacketRef>? _needless;

    /// <summary>Exchanges that did not end whole, repeat another, or had something odd: the first ones.</summary>
    public IReadOnlyList<HttpExchange> Exchanges => (IReadOnlyList<HttpExchange>?)_exchanges ?? [];

    internal EndedExchanges Ended(ExchangeEnd end) => new(_exchanges, end);

    /// <summary>Those that it <see cref="Keeps"/>: the first ones.</summary>
    public IReadOnlyList<TcpRemark> TcpRemarks => (IReadOnlyList<TcpRemark>?)_tcp ?? [];

    public IReadOnlyList<HttpRemark> HttpRemarks => (IReadOnlyList<HttpRemark>?)_http ?? [];

    public IReadOnlyList<StreamGap> Gaps => (IReadOnlyList<StreamGap>?)_gaps ?? [];

    /// <summary>The end of the whole exchange behind which octets came that belong to no message; none without.</summary>
    public PacketRef WholeBeforeCruft { get; private set; }

    /// <summary>It sent octets again that the receiver had (RFC 2883, RFC 3522).</summary>
    public bool IsNeedless(PacketRef copy) => _needless?.Contains(copy) ?? false;

    /// <summary>The first of those; none without one.</summary>
    public PacketRef FirstNeedless => _needless is { Count: > 0 } ? _needless.MinBy(copy => copy.Number) : default;

    /// <summary>Probes and timeouts: the last ones; null without any.</summary>
    internal LastCalls? Calls => _calls;

    internal static bool Keeps(in TcpRemark remark) => (Kept >> (int)remark.Kind & 1) != 0
        || (remark is { Kind: TcpRemarkKind.Retransmission, Earlier.IsNone: false, IsResent: false }
            && remark.Packet.Time.Since(remark.Earlier.Time) <= TcpRemark.DoubledWithin);

    /// <summary>Rules read the first ones of a pool: they are evidence, and others count them.</summary>
    internal static bool IsCommon(in TcpRemark remark) => remark.Kind is TcpRemarkKind.TimeWaitReuse or TcpRemarkKind.AckAwaited;

    /// <remarks>Not inlined: the caller would clear room for the copy at each exchange, and adds few of them.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Add(in HttpExchange exchange, FindingLimits limits) => Add(ref _exchanges, exchange, limits.NotableExchanges);

    internal void Add(in TcpRemark remark, FindingLimits limits)
    {
        if (remark.Kind is TcpRemarkKind.RetransmissionTimeout or TcpRemarkKind.KeepAliveProbe)
        {
            (_calls ??= new LastCalls()).Add(remark);
        }

        if (remark.Kind == TcpRemarkKind.SpuriousRetransmission)
        {
            // Where the receiver told later, the remark is on the packet that tells.
            Add(ref _needless, remark.Earlier.IsNone ? remark.Packet : remark.Earlier, limits.NotableRemarks);
            return;
        }

        Add(ref _tcp, remark, limits.NotableRemarks);
    }

    /// <summary>To serve another connection: the lists stay, for exchanges are large.</summary>
    internal void Clear()
    {
        _exchanges?.Clear();
        _tcp?.Clear();
        _http?.Clear();
        _gaps?.Clear();
        _calls = null;
        _needless?.Clear();
        WholeBeforeCruft = default;
    }

    /// <param name="whole">The end of the last whole exchange until then.</param>
    internal void Add(in HttpRemark remark, PacketRef whole, FindingLimits limits)
    {
        Add(ref _http, remark, limits.NotableRemarks);
        if (remark.Kind == HttpAnomalies.Cruft && WholeBeforeCruft.IsNone)
        {
            WholeBeforeCruft = whole;
        }
    }

    internal void Add(in StreamGap gap, FindingLimits limits) => Add(ref _gaps, gap, limits.NotableRemarks);

    private static void Add<T>(ref List<T>? list, in T entry, int most)
    {
        list ??= new List<T>(1);
        if (list.Count < most)
        {
            list.Add(entry);
        }
    }
}
