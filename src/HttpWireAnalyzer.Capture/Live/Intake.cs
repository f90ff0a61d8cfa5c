using HttpWireAnalyzer.Capture.Merge;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>The way into the queue: one copy of a frame that several interfaces show, and not more than are wanted.</summary>
internal sealed class Intake(PacketQueue queue, long maxPackets, int interfaces) : IPacketTaker
{
    private readonly RecentFrames? _recent = interfaces > 1 ? new RecentFrames(interfaces) : null;

    /// <summary>As many packets as were asked for are in the queue.</summary>
    public bool IsFull => maxPackets > 0 && queue.Added >= maxPackets;

    public bool Take(LiveInterface from, in PacketRecord record, ReadOnlySpan<byte> octets)
    {
        if (IsFull)
        {
            return false;
        }

        if (_recent is null || !_recent.Has(record, octets, record.Interface))
        {
            queue.Add(record, octets, ref from.Shed);
        }

        return true;
    }
}
