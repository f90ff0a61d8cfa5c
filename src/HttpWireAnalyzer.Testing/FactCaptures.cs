using System.Reflection;
using HttpWireAnalyzer.Capture;

namespace HttpWireAnalyzer.Testing;

/// <summary>What a fact about captures is about: the same in every runner that has such facts.</summary>
/// <param name="Paths">Of the captures, relative to the folder of the test's assembly, each once.</param>
/// <param name="Refusals">Why it cannot be run, or not all of it.</param>
internal sealed record FactCaptures(IReadOnlyList<string> Paths, IReadOnlyList<string> Refusals)
{
    public static FactCaptures Of(MethodInfo method, IReadOnlyList<string> patterns)
    {
        if (method.GetParameters() is not [{ ParameterType: var type }] || type != typeof(WireCapture))
        {
            return new FactCaptures([], [$"[WireFact] takes a method with one parameter, a {nameof(WireCapture)}."]);
        }

        var folder = AppContext.BaseDirectory;
        var found = patterns.Select(pattern => (Pattern: pattern, Files: CaptureGlob.Find(folder, pattern))).ToList();
        return new FactCaptures(
            [.. found.SelectMany(one => one.Files).Distinct(StringComparer.Ordinal).Select(file => Path.GetRelativePath(folder, file))],
            [.. found.Where(one => one.Files.Count == 0).Select(one => $"No capture fits {one.Pattern} in {folder}.")]);
    }

    public static WireCapture Open(string path) => WireCapture.Open(Path.Combine(AppContext.BaseDirectory, path));
}
