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
        List<string> files = [];
        List<string> refusals = [];
        foreach (var pattern in patterns)
        {
            try
            {
                var found = CaptureGlob.Find(folder, pattern);
                files.AddRange(found);
                refusals.AddRange(found.Count == 0 ? [$"No capture fits {pattern} in {folder}."] : []);
            }
            catch (CaptureFormatException error)
            {
                refusals.Add(error.Message + ".");
            }
        }

        return new FactCaptures([.. files.Distinct(StringComparer.Ordinal).Select(file => Path.GetRelativePath(folder, file))], refusals);
    }

    public static WireCapture Open(string path) => WireCapture.Open(Path.Combine(AppContext.BaseDirectory, path));
}
