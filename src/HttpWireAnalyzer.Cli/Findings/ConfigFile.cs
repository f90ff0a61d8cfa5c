using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

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

    /// <summary>Nobody writes more by hand.</summary>
    private const int MostOctets = 1 << 20;

    /// <exception cref="UsageException">It cannot be read, or says something that it does not know.</exception>
    public static RuleSettings Read(Terminal terminal)
    {
        if (PathOf(terminal) is not { } path)
        {
            return RuleSettings.Usual;
        }

        try
        {
            return Read(path, Load(path));
        }
        catch (YamlException error)
        {
            throw new UsageException($"{path}:{error.Start.Line}:{error.Start.Column}: {PrintableText.Of(error.Message)}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {error.Message}");
        }
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

    private static YamlMappingNode? Load(string path)
    {
        if (new FileInfo(path).Length > MostOctets)
        {
            throw new UsageException($"{path}: more than {MostOctets} octets are no configuration.");
        }

        using var text = File.OpenText(path);
        var stream = new YamlStream();
        stream.Load(text);
        return stream.Documents.Count == 0 ? null
            : stream.Documents[0].RootNode as YamlMappingNode
            ?? throw new UsageException($"{path}:1:1: expected keys and values, such as rules:");
    }

    private static RuleSettings Read(string path, YamlMappingNode? root)
    {
        var settings = RuleSettings.Usual;
        foreach (var (key, value) in root?.Children.ToArray() ?? [])
        {
            if (key is not YamlScalarNode { Value: Rules })
            {
                throw Wrong(path, key, $"no such key: {key}.{Suggestion.For(key.ToString(), [Rules])}");
            }

            foreach (var (rule, thresholds) in Mapping(path, value).Children)
            {
                foreach (var (name, threshold) in Mapping(path, thresholds).Children)
                {
                    settings = RuleThresholds.With(settings, rule.ToString(), name.ToString(), threshold.ToString(), out var problem)
                        ?? throw Wrong(path, threshold, problem);
                }
            }
        }

        return settings;
    }

    private static YamlMappingNode Mapping(string path, YamlNode node) =>
        node as YamlMappingNode ?? throw Wrong(path, node, "expected keys and values here.");

    private static UsageException Wrong(string path, YamlNode node, string problem) =>
        new($"{path}:{node.Start.Line}:{node.Start.Column}: {PrintableText.Of(problem)}");
}
