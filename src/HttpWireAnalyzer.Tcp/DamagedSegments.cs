using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Octets whose receiver dropped them, for what the checksum of their segment says (RFC 9293 §3.1). They wait to be sent
/// again, and are believed where that does not happen.
/// </summary>
internal sealed class DamagedSegments(WaitingOctets room)
{
    private readonly SegmentQueue _segments = new(room);

    public bool IsEmpty => _segments.IsEmpty;

    /// <summary>As <see cref="SegmentQueue.Held"/>.</summary>
    public long Held => _segments.Held;

    /// <summary>Of the first octets.</summary>
    public long FirstOffset => _segments.FirstOffset;

    /// <summary>The packet that brought them.</summary>
    public PacketRef FirstPacket => _segments.FirstPacket;

    /// <summary>Returns how many of the octets were here already.</summary>
    public long Hold(in Arrival arrival) => arrival.LengthOnWire - _segments.Insert(
        arrival.Offset, arrival.Octets, arrival.LengthOnWire, arrival.Packet, arrival.Acknowledged, out _);

    /// <summary>Octets before <paramref name="next"/> have come again. Returns how many are dropped for them.</summary>
    public long DropBefore(long next)
    {
        long dropped = 0;
        while (!IsEmpty && FirstOffset < next)
        {
            var first = _segments.Take();
            var replaced = (int)Math.Min(next - first.Offset, first.LengthOnWire);
            dropped += replaced;
            if (replaced < first.LengthOnWire)
            {
                var octets = first.Buffer.AsSpan(0, first.Captured);
                _ = _segments.Insert(
                    next, octets[Math.Min(replaced, octets.Length)..], first.LengthOnWire - replaced, first.Packet,
                    first.Acknowledged, out _);
            }

            _segments.Release(first);
        }

        return dropped;
    }

    /// <summary>
    /// Segments that begin before <paramref name="end"/> are taken for what they say, but for octets that came again and
    /// wait. Returns how many those are.
    /// </summary>
    public long MoveTo(SegmentQueue waiting, long end)
    {
        long repeated = 0;
        while (!IsEmpty && FirstOffset < end)
        {
            var first = _segments.Take();
            repeated += first.LengthOnWire - waiting.Insert(
                first.Offset, first.Buffer.AsSpan(0, first.Captured), first.LengthOnWire, first.Packet, first.Acknowledged, out _);
            _segments.Release(first);
        }

        return repeated;
    }
}
