using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture;

/// <summary>A packet, copied out of its batch.</summary>
internal sealed record ReadPacket(
    long Number, long Nanoseconds, string Octets, int OriginalLength, LinkType LinkType, int Interface);

/// <summary>All that a source gave.</summary>
internal sealed record CaptureReading(
    IReadOnlyList<ReadPacket> Packets, IReadOnlyList<CaptureRemark> Remarks, IReadOnlyList<CaptureInterface> Interfaces)
{
    public const string Name = "test.pcap";

    public static CaptureReading Of(byte[] file, string? filter = null) => Of(new MemoryStream(file), filter);

    public static CaptureReading Of(Stream stream, string? filter = null)
    {
        using var source = CaptureFile.Open(stream, Name, new CaptureFileOptions { Filter = filter });
        return Of(source);
    }

    public static CaptureReading Of(IPacketSource source)
    {
        PacketBatch batch = new();
        List<ReadPacket> packets = [];
        while (source.Read(batch))
        {
            Assert.InRange(batch.Count, 1, PacketBatch.Capacity);
            for (var i = 0; i < batch.Count; i++)
            {
                var record = batch[i];
                packets.Add(new ReadPacket(
                    record.Packet.Number,
                    record.Packet.Time.Nanoseconds,
                    Convert.ToHexString(batch.OctetsOf(record)),
                    record.OriginalLength,
                    record.LinkType,
                    record.Interface));
            }
        }

        Assert.False(source.Read(batch));
        Assert.Equal(0, batch.Count);
        return new CaptureReading(packets, source.Remarks, source.Interfaces);
    }

    /// <summary>The sentence with which the file is refused.</summary>
    public static string RefusalOf(byte[] file) =>
        Assert.Throws<CaptureFormatException>(() => Of(file)).Message;
}
