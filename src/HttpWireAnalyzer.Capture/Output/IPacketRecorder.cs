using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Output;

/// <summary>Keeps packets as they are captured: see <see cref="RecordedSource"/>.</summary>
public interface IPacketRecorder
{
    /// <summary>Nothing more is wanted.</summary>
    bool IsDone { get; }

    /// <summary>Takes the packets of a batch, or of an empty one the time; how many, for the last may be among them.</summary>
    /// <exception cref="CaptureWriteException">They cannot be written.</exception>
    int Take(PacketBatch batch);

    /// <summary>Nothing more comes: writes what is still to be written, and the counts of the interfaces.</summary>
    /// <exception cref="CaptureWriteException">It cannot be written.</exception>
    void End();
}
