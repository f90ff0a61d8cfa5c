using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Cli.Findings;

/// <summary>--lang, then HWA_LANG, then the locale; English where none of them is Korean.</summary>
internal static class Languages
{
    public static Language Of(string? given, Terminal terminal)
    {
        if (given is not null)
        {
            return Named(given) ?? throw new UsageException($"--lang takes en, ko, not '{given}'.");
        }

        string[] variables = ["HWA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
        var set = variables.Select(terminal.Variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return set is null ? Language.English : Named(set) ?? Language.English;
    }

    /// <summary>ko, ko_KR.UTF-8, en-GB.</summary>
    private static Language? Named(string name) => name.Split('_', '-', '.')[0].ToLowerInvariant() switch
    {
        "ko" => Language.Korean,
        "en" => Language.English,
        _ => null,
    };
}
