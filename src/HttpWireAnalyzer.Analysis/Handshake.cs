using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>What opening a connection cost, as seen from the tap.</summary>
/// <param name="Front">SYN to SYN-ACK, nanoseconds: twice the way from the tap to the server. -1 where not seen.</param>
/// <param name="Back">SYN-ACK to ACK: twice the way from the tap to the client. -1 where not seen.</param>
/// <param name="Total">First SYN to the ACK that completes, nanoseconds; -1 where one of them was not seen.</param>
/// <param name="SynRetransmissions">SYN and SYN-ACK beyond the first of each: their waiting time is in the sums.</param>
/// <param name="SynCookiePossible">The SYN-ACK has the looks of a SYN cookie: see <see cref="LooksLikeCookie"/>.</param>
public readonly record struct Handshake(
    long Front, long Back, long Total, Vantage Vantage, int SynRetransmissions, bool SynCookiePossible)
{
    /// <summary>A tap this near to one end, as a share of the round trip, stands at that end.</summary>
    private const int NearShare = 10;

    /// <summary>The round trip, nanoseconds; -1 where unknown: a repeated SYN makes the sum a waiting time.</summary>
    public long RoundTrip => SynRetransmissions > 0 ? -1 : Total;

    /// <summary>The <see cref="Total"/> alone.</summary>
    public static long TotalOf(in TcpSummary tcp) =>
        tcp.ClientEnd.Syn.IsNone || tcp.ServerEnd.Syn.IsNone || tcp.ServerEnd.Counters.SynAcks == 0 || tcp.HandshakeAck.IsNone
            ? -1
            : Between(tcp.ClientEnd.Syn.Time, tcp.HandshakeAck.Time);

    public static Handshake Of(in TcpSummary tcp)
    {
        var syn = tcp.ClientEnd.Syn;
        var synAck = tcp.ServerEnd.Syn;
        // In a simultaneous open (RFC 9293 §3.5, figure 8) no SYN-ACK answers the SYN: the split says nothing.
        var answered = !syn.IsNone && !synAck.IsNone && tcp.ServerEnd.Counters.SynAcks > 0;
        var front = answered ? Between(syn.Time, synAck.Time) : -1;
        var back = answered && !tcp.HandshakeAck.IsNone ? Between(synAck.Time, tcp.HandshakeAck.Time) : -1;
        var isDisordered = answered && (synAck.Time < syn.Time || (!tcp.HandshakeAck.IsNone && tcp.HandshakeAck.Time < synAck.Time));
        if (isDisordered)
        {
            // The clock was set, or the steps come from two clocks: only the whole can be told.
            (front, back) = (-1, -1);
        }

        var repeated = int.Max(0, tcp.ClientEnd.Counters.Syns - 1) + int.Max(0, tcp.ServerEnd.Counters.SynAcks - 1);
        return new Handshake(
            front, back, TotalOf(tcp), VantageOf(front, back, repeated), repeated, answered && LooksLikeCookie(tcp));
    }

    /// <summary>
    /// A server that keeps no state for the SYN has room for one of four segment sizes and for no other option
    /// (RFC 4987 §3.6; Linux, net/ipv4/syncookies.c): it turns down window scale and SACK that the client offered.
    /// Timestamps would carry both, so with them a cookie cannot be told from a plain SYN-ACK.
    /// </summary>
    private static bool LooksLikeCookie(in TcpSummary tcp)
    {
        var offered = tcp.ClientEnd.WindowScale >= 0 && (tcp.ClientEnd.Options & EndOptions.Sack) != 0;
        var turnedDown = tcp.ServerEnd.WindowScale == -1
            && (tcp.ServerEnd.Options & (EndOptions.Sack | EndOptions.Timestamps)) == 0;
        return offered && turnedDown
            && tcp.ServerEnd.MaximumSegmentSize is 536 or 1220 or 1300 or 1420 or 1440 or 1460 or 8940;
    }

    /// <summary>How long one step took: a clock that was set back makes a step that was seen no step that was missed.</summary>
    internal static long Between(Timestamp earlier, Timestamp later) => long.Max(0, later.Since(earlier));

    private static Vantage VantageOf(long front, long back, int repeated)
    {
        if (front < 0 || back < 0 || repeated > 0)
        {
            return Vantage.Unknown;
        }

        var roundTrip = front + back;
        return back < roundTrip / NearShare ? Vantage.Client
            : front < roundTrip / NearShare ? Vantage.Server
            : Vantage.Middle;
    }
}

/// <summary>Where the tap stood.</summary>
public enum Vantage : byte
{
    /// <summary>No handshake to judge by, or one with repeated segments.</summary>
    Unknown,

    /// <summary>On the client, or near it.</summary>
    Client,
    Server,
    Middle,
}
