using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>Which segments probe whether the other end is still there (RFC 9293 §3.8.4): at SND.NXT-1, with nothing new.</summary>
/// <remarks>
/// A stack probes once all that it sent was acknowledged: an empty probe says so of its sender, whatever the capture has of the
/// acknowledgment, and of the octets. Without that, or behind a FIN, any late segment may stand one below the next, so that only
/// silence tells a probe.
/// </remarks>
internal static class KeepAlive
{
    /// <summary>Nanoseconds: half of the shortest timer that Linux has (TCP_KEEPIDLE and TCP_KEEPINTVL, 1 s).</summary>
    public const long LeastSilence = Timestamp.NanosecondsPerSecond / 2;

    /// <param name="octets">Of a segment that is neither SYN, FIN, RST nor urgent: none, or one of garbage.</param>
    /// <param name="offset">Where it stands.</param>
    public static bool IsProbe(in TcpEndpoint me, in TcpEndpoint peer, int octets, long offset, PacketRef packet)
    {
        if (peer.State == TcpState.SynSent)
        {
            return false;
        }

        var end = me.EndOfSequence;
        return offset == end - 1 && me.Acked >= end ? !me.Has(EndFlags.FinSeen) || IsBehindSilence(peer, packet)
            : IsProof(me, peer, octets, offset) && IsBehindSilence(peer, packet);
    }

    /// <summary>Such a probe says more of its sender's stream than the capture has.</summary>
    private static bool IsProof(in TcpEndpoint me, in TcpEndpoint peer, int octets, long offset) =>
        octets == 0 && !me.Has(EndFlags.FinSeen) && !peer.Last.IsNone && me.Has(EndFlags.BaseKnown)
        // One more than there is may be a FIN that the capture lacks: then it is no probe that stands behind all octets.
        && (me.Acked > me.Max + 1 ? offset == me.Acked - 1 : me.Acked < me.Max && offset == me.Max - 1);

    private static bool IsBehindSilence(in TcpEndpoint peer, PacketRef packet) =>
        peer.Last.IsNone || packet.Time.Since(peer.Last.Time) >= LeastSilence;
}
