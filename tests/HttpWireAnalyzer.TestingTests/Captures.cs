using HttpWireAnalyzer.Testing;

namespace HttpWireAnalyzer.TestingTests;

/// <summary>The captures of the repository.</summary>
internal static class Captures
{
    public static string Root { get; } = FindRoot();

    /// <summary>As "room/case".</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "captures"), "capture.pcapng", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(Root, "captures"), Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string PathOf(string name) => Path.Combine(Root, "captures", name, "capture.pcapng");

    public static WireCapture Open(string name) => WireCapture.Open(PathOf(name));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HttpWireAnalyzer.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
