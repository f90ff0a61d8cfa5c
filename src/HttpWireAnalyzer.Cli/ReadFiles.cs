namespace HttpWireAnalyzer.Cli;

/// <summary>Files that are read, and so are none to be written.</summary>
internal static class ReadFiles
{
    /// <summary>By their full names, links followed.</summary>
    public static bool Has(IEnumerable<string> files, string path) =>
        File.Exists(path) && Target(path) is var target && files.Any(file => Target(file) == target);

    /// <summary>What is said of such a file where it is to be written.</summary>
    public static UsageException Refusal(string path) => new($"{path} is read, and cannot be written at the same time.");

    private static string Target(string path) =>
        // A link that is named relatively leads from the root, where it is not made whole first.
        Path.GetFullPath(path) is var whole && File.Exists(whole) && File.ResolveLinkTarget(whole, returnFinalTarget: true) is { } target
            ? target.FullName
            : whole;
}
