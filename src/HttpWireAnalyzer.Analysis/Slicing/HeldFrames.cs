using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Slicing;

/// <summary>Frames of fragments, until it is known whose datagram they are of.</summary>
internal sealed class HeldFrames
{
    /// <summary>Twice what reassembly holds of their payloads; the oldest give way.</summary>
    private const int MostOctets = 8 << 20;

    private readonly Dictionary<long, HeldFrame> _byNumber = [];
    private readonly Queue<PacketRef> _byAge = [];
    private long _octets;

    public void Add(in Frame frame)
    {
        _byNumber.Add(frame.Record.Packet.Number, new HeldFrame(frame.Record, frame.Octets.ToArray(), frame.Notes));
        _byAge.Enqueue(frame.Record.Packet);
        _octets += frame.Octets.Length;
        while (_octets > MostOctets && _byAge.TryDequeue(out var oldest))
        {
            Remove(oldest);
        }
    }

    public bool TryFind(PacketRef packet, out Frame frame)
    {
        var isThere = _byNumber.TryGetValue(packet.Number, out var held);
        frame = held is null ? default : new Frame(held.Record, held.Octets, held.Notes);
        return isThere;
    }

    public void Remove(PacketRef packet)
    {
        if (_byNumber.Remove(packet.Number, out var held))
        {
            _octets -= held.Octets.Length;
        }

        // What left before its turn is not waited for: the queue is as long as the frames are many.
        while (_byAge.TryPeek(out var oldest) && !_byNumber.ContainsKey(oldest.Number))
        {
            _byAge.Dequeue();
        }
    }

    private sealed record HeldFrame(PacketRecord Record, byte[] Octets, PacketNotes? Notes);
}
