using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture;

/// <summary>Packets lie still for as long as their batch holds them, whatever other batches are filled meanwhile.</summary>
public sealed class HeldBatchesTests
{
    /// <summary>Files of several buffers.</summary>
    private const int Packets = 30_000;

    [Fact]
    public void Packets_of_pcap_lie_still() => AssertLieStill(Pcap());

    [Fact]
    public void Packets_of_pcapng_lie_still()
    {
        var file = new PcapngBytes().Section().Interface(resolution: 9);
        for (uint i = 0; i < Packets; i++)
        {
            file.Packet(i, OctetsOf(i));
        }

        AssertLieStill(file.ToArray());
    }

    private static byte[] Pcap()
    {
        PcapBytes file = new();
        for (uint i = 0; i < Packets; i++)
        {
            file.Packet(i, 0, OctetsOf(i));
        }

        return file.ToArray();
    }

    private static void AssertLieStill(byte[] file)
    {
        using var source = CaptureFile.Open(new MemoryStream(file), "held.pcap", new CaptureFileOptions());
        List<PacketBatch> held = [new()];
        while (source.Read(held[^1]))
        {
            held.Add(new PacketBatch());
        }

        uint next = 0;
        foreach (var batch in held)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                Assert.True(batch.OctetsOf(batch[i]).SequenceEqual(OctetsOf(next++)));
            }

            batch.Release();
        }

        Assert.Equal((uint)Packets, next);
    }

    private static byte[] OctetsOf(uint number)
    {
        var octets = new byte[100];
        Array.Fill(octets, (byte)(number % 251));
        return octets;
    }
}
