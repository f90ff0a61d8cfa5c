using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Output;

/// <summary>
/// Gives a source's packets on after a recorder has taken them. Who reads them knows nothing of files: connections live
/// on when one file follows another.
/// </summary>
/// <param name="source">The caller keeps it.</param>
public sealed class RecordedSource(IPacketSource source, IPacketRecorder recorder) : IPacketSource
{
    public IReadOnlyList<CaptureInterface> Interfaces => source.Interfaces;

    public IReadOnlyList<CaptureRemark> Remarks => source.Remarks;

    /// <summary>Why recording ended before it was to; null where it did not.</summary>
    public CaptureWriteException? Failure { get; private set; }

    /// <summary>False too where the recorder has enough, or can write no more.</summary>
    public bool Read(PacketBatch batch)
    {
        if (!recorder.IsDone && Failure is null && source.Read(batch))
        {
            try
            {
                batch.Keep(recorder.Take(batch));
                return true;
            }
            catch (CaptureWriteException error)
            {
                Failure = error;
            }
        }

        batch.Keep(0);
        return false;
    }

    public void Dispose()
    {
    }
}
