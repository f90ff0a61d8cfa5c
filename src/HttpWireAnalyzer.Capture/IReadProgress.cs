namespace HttpWireAnalyzer.Capture;

/// <summary>How far a source has read, for a progress bar. Every source of <see cref="CaptureFile"/> has it.</summary>
public interface IReadProgress
{
    /// <summary>Octets taken from the files so far, packed where a file is packed.</summary>
    long OctetsRead { get; }

    /// <summary>Octets in the files; null where one of them is a pipe.</summary>
    long? OctetsInAll { get; }
}
