namespace HttpWireAnalyzer.TestBuilders;

/// <summary>Where the files of the repository are, seen from a test that runs in its output folder.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The capture library: every folder with a capture in it, as "room/case".</summary>
    public static IReadOnlyList<string> Cases { get; } = FindCases();

    /// <summary>Captures of other projects, beside the repository on the machines that have them; else empty.</summary>
    public static IReadOnlyList<string> Corpus { get; } = FindCorpus();

    /// <summary>Set UPDATE_GOLDEN=1 to write what is said now in place of what was expected.</summary>
    public static bool Updates => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public static string CaptureOf(string name) => Path.Combine(Root, "captures", name, "capture.pcapng");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HttpWireAnalyzer.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    private static List<string> FindCases()
    {
        var captures = Path.Combine(Root, "captures");
        return [.. Directory.EnumerateFiles(captures, "capture.pcapng", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(captures, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];
    }

    private static List<string> FindCorpus()
    {
        var folder = Path.Combine(Root, "..", "shared", "corpus", "captures");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)]
            : [];
    }
}
