using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>
/// Pauses within what one end sends that end behind an acknowledgment of what it had sent: it may have waited for
/// it. Whether it did is judged when the round trip is known.
/// </summary>
public sealed class AckWaits
{
    /// <summary>Shorter pauses are not worth telling, and round trips on one machine are shorter.</summary>
    private const long ShortestPause = 5_000_000;

    /// <summary>Pauses kept; a connection with more has made its point.</summary>
    private const int MaxPauses = 1024;

    private readonly List<AckWait> _pauses = [];
    private readonly Sender[] _senders = [new(), new()];

    public IReadOnlyList<AckWait> Pauses => _pauses;

    public void Add(in TcpSegment segment, in TrackedSegment tracked)
    {
        var me = _senders[(int)tracked.Sender];
        var peer = _senders[(int)tracked.Sender.Other()];
        if (tracked.Acknowledged > peer.Acknowledged)
        {
            peer.Acknowledged = tracked.Acknowledged;
            peer.LastAck = segment.Packet;
        }

        if (segment.PayloadLengthOnWire == 0 || tracked.Offset < 0)
        {
            return;
        }

        // The other end's turn is over: what it sends after this is a new answer.
        peer.LastData = default;
        var end = tracked.Offset + segment.PayloadLengthOnWire;
        if (tracked.Offset < me.Sent)
        {
            // A repetition has its own reason to be late.
            me.LastData = default;
            return;
        }

        Note(tracked, me, segment.Packet);
        me.LastData = segment.Packet;
        me.Sent = end;
    }

    private void Note(in TrackedSegment tracked, Sender me, PacketRef packet)
    {
        if (me.LastData.IsNone || packet.Time.Since(me.LastData.Time) < ShortestPause)
        {
            me.FlightStart = me.LastData.IsNone ? tracked.Offset : me.FlightStart;
            return;
        }

        if (me.LastAck.Number > me.LastData.Number && _pauses.Count < MaxPauses)
        {
            _pauses.Add(new AckWait(tracked.Sender, me.LastData, me.LastAck, packet, me.Sent - me.FlightStart, me.Acknowledged >= me.Sent));
        }

        me.FlightStart = tracked.Offset;
    }

    private sealed class Sender
    {
        public PacketRef LastData { get; set; }

        /// <summary>The other end's packet that acknowledged most.</summary>
        public PacketRef LastAck { get; set; }

        public long Acknowledged { get; set; } = -1;

        public long Sent { get; set; }

        public long FlightStart { get; set; }
    }
}

/// <summary>A pause of one end.</summary>
/// <param name="Before">The last data before it.</param>
/// <param name="Ack">The last acknowledgment of data before it.</param>
/// <param name="After">The first data after it.</param>
/// <param name="Flight">Octets sent between the pause before and this one.</param>
/// <param name="AllAcknowledged">Nothing was left that was not acknowledged.</param>
public readonly record struct AckWait(
    Side Sender, PacketRef Before, PacketRef Ack, PacketRef After, long Flight, bool AllAcknowledged)
{
    /// <summary>Nanoseconds.</summary>
    public long Pause => After.Time.Since(Before.Time);
}
