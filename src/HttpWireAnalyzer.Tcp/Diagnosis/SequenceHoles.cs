using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>The octets of one stream that later ones have overtaken at the tap, lowest first.</summary>
internal sealed class SequenceHoles
{
    /// <summary>
    /// A window of 6 MiB (Linux tcp_rmem[2]) with every other segment lost has more; a loss that heavy needs no exact
    /// count of its holes. The lowest is forgotten first.
    /// </summary>
    private const int MostHoles = 256;

    /// <summary>What a tap puts behind its acknowledgment comes within a few packets.</summary>
    private const int MostAcknowledged = 16;

    private readonly List<SequenceHole> _holes = [];

    /// <summary>The latest that were acknowledged while they were open.</summary>
    private readonly List<SequenceHole> _acknowledged = [];

    public bool IsEmpty => _holes.Count == 0;

    public SequenceHole First => _holes[0];

    public void Clear()
    {
        _holes.Clear();
        _acknowledged.Clear();
    }

    public void Open(in SequenceHole hole)
    {
        if (_holes.Count == MostHoles)
        {
            _holes.RemoveAt(0);
        }

        _holes.Add(hole);
    }

    /// <summary>Octets that come now: the first hole that they fill in part or whole, as it was; false where none.</summary>
    public bool Fill(uint start, uint end, out SequenceHole filled) => Fill(_holes, start, end, out filled);

    /// <summary>The same of holes that the receiver has acknowledged: the octets were there before the tap showed them.</summary>
    public bool FillAcknowledged(uint start, uint end, out SequenceHole filled) => Fill(_acknowledged, start, end, out filled);

    /// <summary>The receiver has everything before <paramref name="acknowledged"/>.</summary>
    public void DropBefore(uint acknowledged)
    {
        while (_holes.Count > 0 && !IsAtOrBefore(acknowledged, _holes[0].Start))
        {
            var hole = _holes[0];
            _holes.RemoveAt(0);
            var isPart = !IsAtOrBefore(hole.End, acknowledged);
            Remember(isPart ? hole with { End = acknowledged } : hole);
            if (isPart)
            {
                _holes.Insert(0, hole with { Start = acknowledged });
                return;
            }
        }
    }

    private void Remember(in SequenceHole hole)
    {
        if (_acknowledged.Count == MostAcknowledged)
        {
            _acknowledged.RemoveAt(0);
        }

        _acknowledged.Add(hole);
    }

    private static bool Fill(List<SequenceHole> holes, uint start, uint end, out SequenceHole filled)
    {
        filled = default;
        var found = false;
        var i = 0;
        while (i < holes.Count && !IsAtOrBefore(end, holes[i].Start))
        {
            var hole = holes[i];
            if (IsAtOrBefore(hole.End, start))
            {
                i++;
                continue;
            }

            filled = found ? filled : hole;
            found = true;
            holes.RemoveAt(i);
            if (!IsAtOrBefore(start, hole.Start))
            {
                holes.Insert(i++, hole with { End = start });
            }

            if (!IsAtOrBefore(hole.End, end))
            {
                holes.Insert(i++, hole with { Start = end });
            }
        }

        return found;
    }

    private static bool IsAtOrBefore(uint one, uint other) => SequenceNumber.Distance(one, other) <= 0;
}

/// <summary>Octets not seen, and the segment behind them that showed it.</summary>
/// <param name="Clock">TSval of that segment (RFC 7323 §3.2); meaningful with <paramref name="HasClock"/>.</param>
/// <param name="Identification">That of its IP header.</param>
internal readonly record struct SequenceHole(
    uint Start, uint End, PacketRef NoticedBy, bool HasClock, uint Clock, ushort Identification);
