using YamlDotNet.Core;

namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>A node of a spec's YAML, with its place in the file.</summary>
internal abstract record SpecNode(Mark Start, Mark End)
{
    public int Line => (int)Start.Line;
}

internal sealed record SpecScalar(string Value, ScalarStyle Style, Mark Start, Mark End) : SpecNode(Start, End);

internal sealed record SpecList(IReadOnlyList<SpecNode> Items, Mark Start, Mark End) : SpecNode(Start, End);

/// <param name="Entries">Each key once, in the order of the file.</param>
internal sealed record SpecMap(IReadOnlyList<(SpecScalar Key, SpecNode Value)> Entries, Mark Start, Mark End) : SpecNode(Start, End)
{
    public SpecNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Value == key).Value;
}
