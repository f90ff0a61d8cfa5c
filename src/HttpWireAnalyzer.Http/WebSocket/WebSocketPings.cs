using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.WebSocket;

/// <summary>The pings of one end that wait for a pong.</summary>
/// <remarks>
/// RFC 6455 §5.5.3: a pong carries the octets of its ping, and may answer the latest of several only: then the others are
/// not waited for.
/// </remarks>
internal sealed class WebSocketPings(int most)
{
    private readonly Queue<(byte[] Payload, PacketRef Packet)> _waiting = new();

    public long Sent { get; private set; }

    public long Answered { get; private set; }

    /// <summary>From a ping to its pong, nanoseconds; -1 without one.</summary>
    public long LongestRoundTrip { get; private set; } = -1;

    public void Ping(ReadOnlySpan<byte> payload, PacketRef packet)
    {
        Sent++;
        if (_waiting.Count == most)
        {
            _waiting.Dequeue();
        }

        _waiting.Enqueue((payload.ToArray(), packet));
    }

    /// <summary>The first that waits of those behind a packet; none without one.</summary>
    public PacketRef FirstWaiting(PacketRef behind)
    {
        foreach (var (_, packet) in _waiting)
        {
            if (packet.Number > behind.Number)
            {
                return packet;
            }
        }

        return default;
    }

    /// <summary>One of the other end. What answers nothing is a heartbeat of its own (RFC 6455 §5.5.3).</summary>
    public void Pong(ReadOnlySpan<byte> payload, PacketRef packet)
    {
        var at = 0;
        var answered = 0;
        foreach (var (asked, _) in _waiting)
        {
            at++;
            answered = payload.SequenceEqual(asked) ? at : answered;
        }

        if (answered == 0)
        {
            return;
        }

        Answered++;
        PacketRef ping = default;
        for (; answered > 0; answered--)
        {
            ping = _waiting.Dequeue().Packet;
        }

        LongestRoundTrip = long.Max(LongestRoundTrip, packet.Time.Since(ping.Time));
    }
}
