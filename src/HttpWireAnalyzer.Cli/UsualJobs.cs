using HttpWireAnalyzer.Capture;

namespace HttpWireAnalyzer.Cli;

/// <summary>How many lines work side by side where --jobs does not say.</summary>
internal static class UsualJobs
{
    /// <summary>Below it threads cost more than they give: half a second for one line (docs/performance.md).</summary>
    private const long WorthWhile = 128 * 1024 * 1024;

    /// <summary>Reading and decoding on one thread, and merging on another, leave two processors no more than this.</summary>
    private const int Jobs = 2;

    public static int Of(IReadOnlyList<string> files)
    {
        if (Environment.ProcessorCount < 2)
        {
            return 1;
        }

        // A pipe has no length that counts, and may never end: one line says what it knows at once.
        var length = files.Sum(file => file != CaptureFile.StandardInputName && File.Exists(file) ? new FileInfo(file).Length : 0);
        return length < WorthWhile ? 1 : Jobs;
    }
}
