using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Output;

/// <summary>Told when something happened whose packets are to be kept, by whatever analysis looks for it.</summary>
public interface IRecordingTrigger
{
    /// <param name="evidence">The packet that shows it: it is marked in the file.</param>
    /// <param name="reason">What happened, for people.</param>
    void Fire(PacketRef evidence, string reason);
}
