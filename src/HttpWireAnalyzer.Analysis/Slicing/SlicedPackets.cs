using HttpWireAnalyzer.Capture.Pcapng.Writing;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Slicing;

/// <summary>Writes the frames of the packets that it is given; of what came in fragments, all of its frames.</summary>
public sealed class SlicedPackets(FrameWindow window, PcapngWriter writer) : IPacketSink
{
    private long _batches;

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked) => Write(segment.Packet);

    public void OnIcmpError(in IcmpError error) => Write(error.Packet);

    public void OnOther(PacketRef packet, OtherPacket kind) => Write(packet);

    public void OnUndecodable(in UndecodablePacket packet) => Write(packet.Packet);

    /// <summary>Interfaces without a packet are described too, and what the capture lost goes along with the slice.</summary>
    public void End(CaptureTotals totals)
    {
        writer.AddInterfaces(totals.Interfaces);
        for (var id = 0; id < totals.Interfaces.Count; id++)
        {
            if (totals.Interfaces[id].Counts is var counts && counts != default)
            {
                writer.AddStatistics(id, totals.Latest, counts);
            }
        }

        writer.Flush();
    }

    private void Write(PacketRef packet)
    {
        if (_batches != window.Batches)
        {
            // What describes packets comes with the batch that has them.
            _batches = window.Batches;
            writer.AddInterfaces(window.Interfaces);
            writer.AddSecrets(window.Secrets);
        }

        foreach (var fragment in window.Fragments)
        {
            if (window.TryFindFragment(fragment, out var held))
            {
                writer.Add(held.Record, held.Octets, held.Notes);
            }
        }

        var frame = window.Find(packet);
        writer.Add(frame.Record, frame.Octets, frame.Notes);

        // A fragment that was chosen for itself is not written once more with its datagram.
        window.Forget(packet);
    }
}
