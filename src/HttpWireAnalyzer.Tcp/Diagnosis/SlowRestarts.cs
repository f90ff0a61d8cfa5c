using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>
/// Times when an end began again after idleness with a flight of at most half of what it had sent at once before, and stood
/// still until that was acknowledged: its congestion window had been reset (RFC 5681 §4.1).
/// </summary>
/// <param name="Rounds">Round trips more than with the window from before.</param>
/// <param name="Time">Nanoseconds of these.</param>
/// <param name="First">The first of them.</param>
public sealed record SlowRestartSummary(int Count, int Rounds, long Time, SlowRestart First);

/// <summary>One of them.</summary>
/// <param name="From">The packet with which it began.</param>
/// <param name="Next">The packet with which the sender went on.</param>
/// <param name="Flight">Octets sent before the first acknowledgment of any of them.</param>
/// <param name="Before">The most that it had outstanding before.</param>
/// <param name="Octets">Sent until it was idle again.</param>
public readonly record struct SlowRestart(PacketRef From, PacketRef Next, long Flight, long Before, long Octets)
{
    /// <summary>Slow start doubles what it sends in each round (RFC 5681 §3.1): the rounds that the smaller window took more.</summary>
    internal int Rounds => RoundsOf(Octets, Flight) - RoundsOf(Octets, Before);

    private static int RoundsOf(long octets, long window)
    {
        var rounds = 0;
        for (long sent = 0; sent < octets; sent += window << rounds++)
        {
        }

        return rounds;
    }
}

/// <summary>
/// Watches an end that begins again after idleness: what it sends before the first acknowledgment, and whether it waited
/// for that. While it watches, each segment is examined.
/// </summary>
internal sealed class SlowRestarts
{
    /// <summary>RFC 6928: the initial window, in segments.</summary>
    private const int InitialWindow = 10;

    /// <summary>RFC 9293 §3.7.1, where no SYN told the MSS.</summary>
    private const int DefaultSegment = 536;

    /// <summary>A sender that was held up goes on at once: this is for its scheduler, above the way there and back.</summary>
    private const long Reaction = 1_000_000;

    private Phase _phase;
    private uint _start;
    private SlowRestart _current;
    private long _acknowledgedAt;
    private int _count;
    private int _rounds;
    private long _time;
    private SlowRestart _first;

    private enum Phase : byte
    {
        None,

        /// <summary>Nothing of the flight is acknowledged.</summary>
        Flying,

        /// <summary>It is, and the sender has not gone on.</summary>
        Acknowledged,

        /// <summary>The sender went on at once: until it is idle again, its octets are counted.</summary>
        Going,
    }

    public bool IsWatching => _phase is Phase.Flying or Phase.Acknowledged;

    /// <summary>It can have been slowed down: it has had twice as much outstanding as a new connection may send.</summary>
    public static bool Concerns(in EndDiagnosis end, int segment) => end.MostInFlight > 2L * WindowOf(end, segment);

    /// <summary>The end is about to send after idleness.</summary>
    public void Begin(in EndDiagnosis end, PacketRef packet)
    {
        Close(end.Next);
        _start = end.Next;
        _current = new SlowRestart(packet, default, 0, end.MostInFlight, 0);
        _phase = Phase.Flying;
    }

    /// <summary>Octets of the end are acknowledged.</summary>
    /// <param name="window">What the other end offers; null where that is not known.</param>
    /// <param name="isPure">The acknowledgment brings no octets, to which what comes next might be the answer.</param>
    public void OnAcknowledged(in EndDiagnosis end, uint acknowledgment, long now, int segment, uint? window, bool isPure)
    {
        if (_phase != Phase.Flying || SequenceNumber.Distance(acknowledgment, _start) <= 0)
        {
            return;
        }

        long flight = unchecked(end.Next - _start);
        var stoodStill = now - end.NextAt >= (long)(end.SmoothedBy8 >> 4) * RoundTrips.Unit;
        var isSmall = flight >= 2 * SizeOf(segment) && flight <= WindowOf(end, segment) && 2 * flight <= _current.Before;
        _current = _current with { Flight = flight };
        _acknowledgedAt = now;
        _phase = isPure && stoodStill && isSmall && (window is not { } room || room >= flight + SizeOf(segment))
            ? Phase.Acknowledged
            : Phase.None;
    }

    /// <summary>The end sends octets that are new.</summary>
    /// <param name="toSender">From the tap to the end and back, nanoseconds.</param>
    public void OnSent(PacketRef packet, long toSender)
    {
        if (_phase == Phase.Acknowledged)
        {
            _current = _current with { Next = packet };
            _phase = packet.Time.Nanoseconds - _acknowledgedAt <= toSender + (toSender / 4) + Reaction ? Phase.Going : Phase.None;
        }
    }

    /// <summary>Octets were lost or overtaken: what holds the end up may be that.</summary>
    public void OnTrouble() => _phase = IsWatching ? Phase.None : _phase;

    /// <param name="next">How far the stream has come.</param>
    public SlowRestartSummary? Summarise(uint next)
    {
        Close(next);
        return _count == 0 ? null : new SlowRestartSummary(_count, _rounds, _time, _first);
    }

    private void Close(uint next)
    {
        if (_phase != Phase.Going)
        {
            return;
        }

        _phase = Phase.None;
        _current = _current with { Octets = unchecked(next - _start) };
        var rounds = _current.Rounds;
        if (rounds > 0)
        {
            _first = _count == 0 ? _current : _first;
            _count++;
            _rounds += rounds;
            _time += rounds * _current.Next.Time.Since(_current.From.Time);
        }
    }

    private static long WindowOf(in EndDiagnosis end, int segment) => long.Max(end.InitialOctets, InitialWindow * SizeOf(segment));

    private static long SizeOf(int segment) => segment > 0 ? segment : DefaultSegment;
}
