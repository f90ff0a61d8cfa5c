using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Slicing;

/// <summary>Gives a source's packets on, and finds the frames of the packet that is being analysed.</summary>
/// <param name="source">The caller keeps it.</param>
public sealed class FrameWindow(IPacketSource source) : IPacketSource
{
    private readonly HeldFrames _held = new();
    private readonly List<PacketRef> _fragments = [];
    private PacketBatch _batch = new();
    private int _at;

    public IReadOnlyList<CaptureInterface> Interfaces => source.Interfaces;

    public IReadOnlyList<CaptureRemark> Remarks => source.Remarks;

    /// <summary>Keys met so far, where the source keeps them.</summary>
    public IReadOnlyList<CaptureSecrets> Secrets => (source as ISecretSource)?.Secrets ?? [];

    /// <summary>Batches read so far.</summary>
    internal long Batches { get; private set; }

    /// <summary>Packets before the present one that brought the rest of its datagram.</summary>
    internal IReadOnlyList<PacketRef> Fragments => _fragments;

    public bool Read(PacketBatch batch)
    {
        _batch = batch;
        _at = 0;
        Batches++;
        return source.Read(batch);
    }

    public void Dispose()
    {
    }

    /// <summary>The frame of a packet of the present batch, asked for in capture order.</summary>
    public Frame Find(PacketRef packet)
    {
        while (_batch[_at].Packet.Number != packet.Number)
        {
            _at++;
        }

        ref readonly var record = ref _batch[_at];
        return new Frame(record, _batch.OctetsOf(record), _batch.NotesOf(_at));
    }

    internal bool TryFindFragment(PacketRef packet, out Frame frame) => _held.TryFind(packet, out frame);

    /// <summary>The packet is a fragment, whose datagram is not complete.</summary>
    internal void Hold(PacketRef packet) => _held.Add(Find(packet));

    /// <summary>The fragment's frame is not asked for any more.</summary>
    internal void Forget(PacketRef packet) => _held.Remove(packet);

    internal void BeginDatagram(ReadOnlySpan<PacketRef> fragments) => _fragments.AddRange(fragments);

    internal void EndDatagram()
    {
        _fragments.ForEach(_held.Remove);
        _fragments.Clear();
    }
}

/// <summary>A packet as it was captured. Good until the source reads on.</summary>
public readonly ref struct Frame(PacketRecord record, ReadOnlySpan<byte> octets, PacketNotes? notes)
{
    public PacketRecord Record { get; } = record;

    public ReadOnlySpan<byte> Octets { get; } = octets;

    public PacketNotes? Notes { get; } = notes;
}
