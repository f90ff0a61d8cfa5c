using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>Writes what another source gives into a pcap file of one interface.</summary>
internal sealed class RecordingSource(IPacketSource source) : IPacketSource
{
    private readonly PcapBytes _file = new(
        PcapBytes.Nanoseconds, snapLength: 262_144, linkType: (uint)source.Interfaces[0].LinkType);

    public IReadOnlyList<CaptureInterface> Interfaces => source.Interfaces;

    public IReadOnlyList<CaptureRemark> Remarks => source.Remarks;

    public byte[] File => _file.ToArray();

    public bool Read(PacketBatch batch)
    {
        if (!source.Read(batch))
        {
            return false;
        }

        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var record = ref batch[i];
            var (seconds, fraction) = Math.DivRem(record.Packet.Time.Nanoseconds, Timestamp.NanosecondsPerSecond);
            _file.Packet((uint)seconds, (uint)fraction, batch.OctetsOf(record), (uint)record.OriginalLength);
        }

        return true;
    }

    public void Dispose() => source.Dispose();
}
