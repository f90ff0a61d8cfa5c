using System.Diagnostics;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>Puts datagrams together from fragments (RFC 791 §3.2, RFC 8200 §4.5).</summary>
/// <remarks>
/// The first copy of an octet wins, for both versions, and overlaps are counted. RFC 8200 §4.5 has the receiver drop
/// an IPv6 datagram with overlapping fragments; whether it did is for TCP to show, and dropping here would hide what
/// was sent.
/// </remarks>
internal sealed class FragmentReassembler(DecoderLimits limits, DecodeCounts counts, ISegmentSink sink)
{
    /// <summary>The largest payload of an IP datagram: a 16-bit length.</summary>
    private const int LargestDatagram = 65_535;

    private readonly Dictionary<FragmentKey, LinkedListNode<HeldDatagram>> _byKey = [];

    /// <summary>Oldest first, which is the order in which they expire.</summary>
    private readonly LinkedList<HeldDatagram> _byAge = [];

    private readonly byte[] _datagram = new byte[LargestDatagram];
    private int _cost;

    /// <summary>
    /// Takes the fragment whose payload <paramref name="walk"/> stands at. When it completes its datagram, the walk
    /// goes on in the whole of it, until the next call.
    /// </summary>
    public Carried Take(ref PacketWalk walk, FragmentKey key, int start, bool isLast, byte nextHeader)
    {
        Expire(walk.Packet.Time);
        var length = walk.LengthOnWire;
        if (length == 0 || length > LargestDatagram - start || (!isLast && length % 8 != 0))
        {
            // RFC 791 §3.2: all but the last fragment are counted in units of eight octets.
            return Drop(ref walk, LargestDatagram, start + (long)length);
        }

        var node = Find(key, walk.Packet.Time, walk.Octets.Length + HeldDatagram.PieceCost);
        var held = node.Value;
        if (held.Fragments >= limits.MaximumFragmentsPerDatagram)
        {
            Evict(node);
            return Drop(ref walk, limits.MaximumFragmentsPerDatagram, held.Fragments + 1);
        }

        var costBefore = held.Cost;
        var fit = held.Add(start, length, isLast, nextHeader, walk.Octets);
        _cost += held.Cost - costBefore;
        if (fit == FragmentFit.Refused)
        {
            return Drop(ref walk, held.Length, start + length);
        }

        Count(fit);
        if (held.IsComplete)
        {
            return Complete(ref walk, node);
        }

        held.NotePacket(walk.Packet);
        return Carried.Held;
    }

    private Carried Complete(ref PacketWalk walk, LinkedListNode<HeldDatagram> node)
    {
        var held = node.Value;
        var captured = held.CopyTo(_datagram);
        Remove(node);
        counts.DatagramsReassembled++;
        sink.OnDatagramComplete(walk.Packet, held.Packets);
        walk.Octets = _datagram.AsSpan(0, captured);
        walk.LengthOnWire = held.Length;
        walk.Offset = 0;
        return IpProtocol.Carries(held.NextHeader);
    }

    private LinkedListNode<HeldDatagram> Find(FragmentKey key, Timestamp now, int cost)
    {
        while (_cost + cost > limits.MaximumFragmentOctets && _byAge.First is { } oldest)
        {
            Evict(oldest);
        }

        if (_byKey.TryGetValue(key, out var node))
        {
            return node;
        }

        if (_byKey.Count >= limits.MaximumDatagrams && _byAge.First is { } first)
        {
            Evict(first);
        }

        node = _byAge.AddLast(new HeldDatagram(key, now));
        _byKey.Add(key, node);
        return node;
    }

    private void Expire(Timestamp now)
    {
        while (_byAge.First is { } oldest && now.Since(oldest.Value.Since) > limits.FragmentTimeout)
        {
            Remove(oldest);
            counts.DatagramsTimedOut++;
        }
    }

    private void Evict(LinkedListNode<HeldDatagram> node)
    {
        Remove(node);
        counts.DatagramsEvicted++;
    }

    private void Remove(LinkedListNode<HeldDatagram> node)
    {
        _cost -= node.Value.Cost;
        _byKey.Remove(node.Value.Key);
        _byAge.Remove(node);
    }

    private void Count(FragmentFit fit)
    {
        switch (fit)
        {
            case FragmentFit.New:
                break;
            case FragmentFit.Overlap:
                counts.FragmentOverlaps++;
                break;
            case FragmentFit.Conflict:
                counts.FragmentOverlaps++;
                counts.FragmentConflicts++;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static Carried Drop(ref PacketWalk walk, long needed, long available) =>
        walk.Fail(new DecodeError(Layer.Fragment, DecodeErrorKind.FragmentsDropped, 0, needed, available));
}
