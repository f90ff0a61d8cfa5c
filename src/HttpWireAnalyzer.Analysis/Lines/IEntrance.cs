using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>Where decoded packets go in: one line, or several.</summary>
internal interface IEntrance : IDisposable
{
    ISegmentSink Segments { get; }

    /// <summary>It is worth while to say which connections come next.</summary>
    bool LooksAhead { get; }

    /// <summary>A segment of this 4-tuple comes <see cref="ConnectionTracker.PreparedAhead"/> packets later.</summary>
    void Prepare(in TupleKey key);

    /// <summary>As <see cref="ConnectionTracker.LateSegments"/>; known once finished.</summary>
    long LateSegments { get; }

    /// <summary>As <see cref="ConnectionTracker.Evicted"/>; known once finished.</summary>
    long Evicted { get; }

    /// <summary>A tick of capture time has come.</summary>
    /// <param name="before">The next packet.</param>
    /// <param name="begun">SYNs of the capture so far.</param>
    void Tick(Timestamp tick, PacketRef before, long begun);

    /// <summary>The source's octets are about to go.</summary>
    void AfterBatch();

    /// <summary>The capture has ended: returns when all is said.</summary>
    void Finish();
}
