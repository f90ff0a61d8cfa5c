using HttpWireAnalyzer.Capture.Output;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Writes a list to a file of its own, which is whole or gone.</summary>
internal static class ListWriting
{
    /// <exception cref="CaptureWriteException">It cannot be written there.</exception>
    /// <exception cref="Capture.CaptureFormatException">The capture cannot be read again.</exception>
    public static void Of(ICaptureInput input, IListExport export, WriteList write, CancellationToken stop)
    {
        var isWhole = false;
        using var file = WrittenFile.Create(input, write.Path);
        var isRegular = file.CanSeek;
        try
        {
            export.Write(write.List, write.Filter, write.Form, file, stop);
            stop.ThrowIfCancellationRequested();
            isWhole = true;
        }
        finally
        {
            if (!isWhole && isRegular)
            {
                File.Delete(write.Path.Name);
            }
        }
    }
}
