using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>The limits of every stage, and how much of the capture to read.</summary>
public sealed record AnalysisOptions
{
    /// <summary>More than any machine has cores to spare for: one thread that reads feeds a few lines.</summary>
    public const int MostThreads = 64;

    public DecoderLimits Decoder { get; init; } = DecoderLimits.Default;

    public TrackerLimits Tracker { get; init; } = TrackerLimits.Default;

    public HttpLimits Http { get; init; } = HttpLimits.Default;

    /// <summary>
    /// How many threads share the work, 1 to <see cref="MostThreads"/>: one line alone; one thread that reads and decodes, and
    /// one with the rest of the line; or one that reads and judges, and lines beside it, each with a share of the connections.
    /// The result is the same, but for limits of memory over all connections, which then are each line's. The sink is called
    /// on one thread, the caller's or another.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>Packets after which reading stops; 0 reads all.</summary>
    public long MaxPackets { get; init; }
}

/// <summary>Who else looks on while the pipeline runs. What is not given costs nothing.</summary>
/// <param name="Streams">Sees each stream event before the message stage does.</param>
/// <param name="Packets">Sees each packet, once its connection knows it.</param>
/// <param name="Progress">Told once a batch.</param>
public sealed record AnalysisTaps(
    IStreamSink? Streams = null, IPacketSink? Packets = null, IAnalysisProgress? Progress = null)
{
    public static readonly AnalysisTaps None = new();
}

/// <summary>Told how far the analysis has come.</summary>
public interface IAnalysisProgress
{
    /// <param name="octets">Captured octets so far, without the file's own headers.</param>
    void OnProgress(long packets, long octets);
}

/// <summary>Takes every packet of the capture, TCP or not, in capture order.</summary>
public interface IPacketSink : ITrackedSegmentSink
{
    void OnIcmpError(in Wire.Tcp.IcmpError error);

    void OnOther(PacketRef packet, Wire.Tcp.OtherPacket kind);

    void OnUndecodable(in UndecodablePacket packet);

    /// <summary>As <see cref="Wire.Tcp.ISegmentSink.OnDatagramComplete"/>.</summary>
    void OnDatagramComplete(PacketRef packet, ReadOnlySpan<PacketRef> fragments)
    {
    }
}
