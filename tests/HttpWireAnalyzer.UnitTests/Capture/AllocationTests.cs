using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Testing;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture;

public sealed class AllocationTests
{
    private const int Packets = 30_000;

    [Fact]
    public void Reading_pcap_allocates_nothing()
    {
        PcapBytes file = new();
        for (uint i = 0; i < Packets; i++)
        {
            file.Packet(i, 0, new byte[100]);
        }

        byte[] octets = file.ToArray();
        AllocatedByReading(octets);
        Assert.Equal(0, AllocatedByReading(octets));
    }

    [Fact]
    public void Reading_pcapng_allocates_nothing()
    {
        PcapngBytes file = new PcapngBytes().Section().Interface(resolution: 9);
        for (uint i = 0; i < Packets; i++)
        {
            file.Packet(i, new byte[100]);
        }

        byte[] octets = file.ToArray();
        AllocatedByReading(octets);
        Assert.Equal(0, AllocatedByReading(octets));
    }

    // The file is several buffers long. It is read once before, so that no code is loaded while it is counted.
    private static long AllocatedByReading(byte[] octets)
    {
        using MemoryStream stream = new(octets);
        using IPacketSource source = CaptureFile.Open(stream, "-", new CaptureFileOptions());
        PacketBatch batch = new();
        Assert.True(source.Read(batch));
        long packets = batch.Count;
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (source.Read(batch))
        {
            packets += batch.Count;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Packets, packets);
        return allocated;
    }
}
