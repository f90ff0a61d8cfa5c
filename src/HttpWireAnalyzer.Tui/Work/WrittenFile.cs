using HttpWireAnalyzer.Capture.Output;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Creates the files that the screen writes: never in place of the capture that it reads.</summary>
internal static class WrittenFile
{
    /// <exception cref="CaptureWriteException">It is read, or there already and not to be overwritten, or cannot be made.</exception>
    public static FileStream Create(ICaptureInput input, OutputPath path) => input.Reads(path.Name)
        ? throw new CaptureWriteException($"{path.Name} is read, and cannot be written at the same time.")
        : OutputFile.Create(path.Name, path.IsForced);
}
