using YamlDotNet.Core;

namespace HttpWireAnalyzer.Cli.Yaml;

/// <summary>A node of a YAML file, with its place in the file.</summary>
internal abstract record YamlNode(Mark Start, Mark End)
{
    public int Line => (int)Start.Line;
}

internal sealed record YamlScalar(string Value, ScalarStyle Style, Mark Start, Mark End) : YamlNode(Start, End);

internal sealed record YamlList(IReadOnlyList<YamlNode> Items, Mark Start, Mark End) : YamlNode(Start, End);

/// <param name="Entries">Each key once, in the order of the file.</param>
internal sealed record YamlMap(IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries, Mark Start, Mark End) : YamlNode(Start, End)
{
    public YamlNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;
}
