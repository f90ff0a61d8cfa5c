using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.TestBuilders;
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

        AllocatesNothingByReading(file.ToArray());
    }

    [Fact]
    public void Reading_pcapng_allocates_nothing()
    {
        var file = new PcapngBytes().Section().Interface(resolution: 9);
        for (uint i = 0; i < Packets; i++)
        {
            file.Packet(i, new byte[100]);
        }

        AllocatesNothingByReading(file.ToArray());
    }

    // Each round reads the file anew, which is several buffers long; what opening it allocates is taken off. That depends on
    // how far the code is compiled by then, by an object or two; one for each batch would be more than 2,800 octets.
    private static void AllocatesNothingByReading(byte[] octets)
    {
        PacketBatch batch = new();
        var opening = Allocation.LeastOf(_ => Assert.Equal(PacketBatch.Capacity, Read(octets, batch, batches: 1)));
        var reading = Allocation.LeastOf(_ => Assert.Equal(Packets, Read(octets, batch, batches: int.MaxValue)));
        Assert.InRange(reading - opening, -1000, 1000);
    }

    private static int Read(byte[] octets, PacketBatch batch, int batches)
    {
        using MemoryStream stream = new(octets);
        using var source = CaptureFile.Open(stream, "-", new CaptureFileOptions());
        var packets = 0;
        for (var read = 0; read < batches && source.Read(batch); read++)
        {
            packets += batch.Count;
        }

        return packets;
    }
}
