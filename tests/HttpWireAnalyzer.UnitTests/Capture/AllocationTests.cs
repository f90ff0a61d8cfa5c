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

        Assert.Equal(0, LeastAllocatedByReading(file.ToArray()));
    }

    [Fact]
    public void Reading_pcapng_allocates_nothing()
    {
        PcapngBytes file = new PcapngBytes().Section().Interface(resolution: 9);
        for (uint i = 0; i < Packets; i++)
        {
            file.Packet(i, new byte[100]);
        }

        Assert.Equal(0, LeastAllocatedByReading(file.ToArray()));
    }

    // Code is loaded in the first reading, and a collection charges a thread with the unused rest of its allocation
    // context: what the reader itself allocates, it allocates every time.
    private static long LeastAllocatedByReading(byte[] octets) =>
        Enumerable.Range(0, 5).Min(_ => AllocatedByReading(octets));

    // The file is several buffers long.
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
