namespace HttpWireAnalyzer.Profiling;

/// <summary>How often the blocks of each method ran, in all runs together.</summary>
internal sealed class ProgramCounts
{
    private readonly SortedDictionary<string, SortedDictionary<int, MethodCounts>> _modules = new(StringComparer.Ordinal);

    /// <summary>Methods by their metadata tokens, by the files of their modules.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<int, MethodCounts>> Modules => _modules;

    public int Methods => _modules.Values.Sum(module => module.Count);

    public void Add(ProgramCounts other)
    {
        foreach (var (path, methods) in other._modules)
        {
            foreach (var (token, counts) in methods)
            {
                Add(path, token, counts);
            }
        }
    }

    public void Add(string path, int token, MethodCounts counts)
    {
        if (!_modules.TryGetValue(path, out var methods))
        {
            methods = [];
            _modules.Add(path, methods);
        }

        if (methods.TryGetValue(token, out var known))
        {
            known.Add(counts);
        }
        else
        {
            methods.Add(token, counts);
        }
    }
}
