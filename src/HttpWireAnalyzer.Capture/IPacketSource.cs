using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture;

/// <summary>Where packets come from: a file, several files as one timeline, standard input, an interface.</summary>
public interface IPacketSource : IDisposable
{
    /// <summary>The interfaces described so far, in the order of <see cref="PacketRecord.Interface"/>.</summary>
    IReadOnlyList<CaptureInterface> Interfaces { get; }

    /// <summary>What was wrong with the input so far: damage, oddities, losses that the file admits.</summary>
    IReadOnlyList<CaptureRemark> Remarks { get; }

    /// <summary>
    /// Fills <paramref name="batch"/> with the next packets, at least one; a live source may give none, and says by
    /// <see cref="PacketBatch.Clock"/> that time has gone on. False at the end: then <see cref="Remarks"/> says if the
    /// end came too soon. Packets of the last batch are gone after the call.
    /// </summary>
    bool Read(PacketBatch batch);
}
