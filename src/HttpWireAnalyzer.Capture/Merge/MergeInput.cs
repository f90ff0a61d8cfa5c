using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Merge;

/// <summary>One file of several: its present packet, and its interfaces' places among those of all files.</summary>
internal sealed class MergeInput(IPacketSource source, int order) : IDisposable
{
    private readonly PacketBatch _batch = new();
    private readonly List<ushort> _interfaces = [];
    private int _next;

    public IPacketSource Source => source;

    /// <summary>The file's place among the paths: it decides between packets of one time.</summary>
    public int Order => order;

    /// <summary>The present packet's place in the timeline.</summary>
    public (Timestamp Time, int Order) Position => (Record.Packet.Time, order);

    public ref readonly PacketRecord Record => ref _batch[_next];

    public PacketNotes? Notes => _batch.NotesOf(_next);

    public ReadOnlySpan<byte> Octets => _batch.OctetsOf(_batch[_next]);

    public bool MoveNext()
    {
        if (++_next < _batch.Count)
        {
            return true;
        }

        _next = 0;
        return source.Read(_batch);
    }

    /// <summary>Adds the interfaces that the file described since to those of all files.</summary>
    public void RegisterInterfaces(List<(MergeInput Input, int Index)> all)
    {
        for (var index = _interfaces.Count; index < source.Interfaces.Count; index++)
        {
            // Above the limit the last one stands for the rest: the packet is worth more than its interface's name.
            _interfaces.Add((ushort)Math.Min(all.Count, CaptureLimits.Interfaces));
            if (all.Count <= CaptureLimits.Interfaces)
            {
                all.Add((this, index));
            }
        }
    }

    /// <summary>A packet's interface, counted over all files.</summary>
    public ushort InterfaceOf(in PacketRecord record, List<(MergeInput Input, int Index)> all)
    {
        if (record.Interface >= _interfaces.Count)
        {
            RegisterInterfaces(all);
        }

        return _interfaces[record.Interface];
    }

    public void Dispose() => source.Dispose();
}
