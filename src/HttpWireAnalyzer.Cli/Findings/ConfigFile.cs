using HttpWireAnalyzer.Cli.Yaml;
using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Cli.Findings;

/// <summary>
/// The configuration file: HWA_CONFIG, else hwa/config.yaml below XDG_CONFIG_HOME or ~/.config. It may be missing unless
/// HWA_CONFIG names it. What it does not know is an error: a misspelt threshold must not go unnoticed.
/// </summary>
/// <remarks>
/// <code>
/// rules:
///   HWA-T007:
///     wait: 60s
/// </code>
/// </remarks>
internal static class ConfigFile
{
    public const string Rules = "rules";

    private static readonly YamlKind Kind = new("a configuration", "rules: {HWA-T007: {wait: 60s}}");

    /// <exception cref="UsageException">It cannot be read.</exception>
    /// <exception cref="YamlFileException">It says something that it does not know.</exception>
    public static RuleSettings Read(Terminal terminal)
    {
        if (PathOf(terminal) is not { } path || YamlFile.Read(path, Kind, out var source) is not { } root)
        {
            return RuleSettings.Usual;
        }

        var values = new YamlValues(source);
        values.Map(root, [Rules]);
        return RuleThresholds.Of(root.Find(Rules), values, RuleSettings.Usual);
    }

    private static string? PathOf(Terminal terminal)
    {
        if (terminal.Variable("HWA_CONFIG") is { Length: > 0 } named)
        {
            return named;
        }

        var home = terminal.Variable("XDG_CONFIG_HOME") is { Length: > 0 } xdg ? xdg
            : terminal.Variable("HOME") is { Length: > 0 } own ? Path.Combine(own, ".config")
            : null;
        var path = home is null ? null : Path.Combine(home, "hwa", "config.yaml");
        return path is not null && File.Exists(path) ? path : null;
    }
}
