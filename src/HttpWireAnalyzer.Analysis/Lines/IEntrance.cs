using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>Where packets go in: one line, or several.</summary>
internal interface IEntrance : IDisposable
{
    /// <summary>The batch to fill next.</summary>
    PacketBatch Batch { get; }

    /// <summary>What was decoded; known once finished.</summary>
    DecodeCounts Counts { get; }

    /// <summary>As <see cref="ConnectionTracker.LateSegments"/>; known once finished.</summary>
    long LateSegments { get; }

    /// <summary>As <see cref="ConnectionTracker.Evicted"/>; known once finished.</summary>
    long Evicted { get; }

    /// <summary>Takes packets of the batch, the last of them before <paramref name="end"/>.</summary>
    void Take(int first, int end);

    /// <summary>A tick of capture time has come.</summary>
    /// <param name="before">The next packet.</param>
    void Tick(Timestamp tick, PacketRef before);

    /// <summary>No more is taken of the batch. Tells <see cref="AnalysisTaps.Progress"/>, on the sink's thread.</summary>
    /// <param name="packets">Read so far.</param>
    /// <param name="octets">Captured octets of these.</param>
    void AfterBatch(long packets, long octets);

    /// <summary>The capture has ended: returns when all is said.</summary>
    void Finish();
}
