using System.Diagnostics;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>What an assertion selects from.</summary>
public enum RecordKind : byte
{
    Capture,
    Pools,
    Ports,
    Connections,
    Exchanges,

    /// <summary>Requests and responses.</summary>
    Messages,
    Segments,
    Findings,
}

/// <summary>The kinds by name, and what may be said of each.</summary>
public static class RecordKinds
{
    public static readonly IReadOnlyList<string> Names =
        [.. Enum.GetNames<RecordKind>().Select(name => name.ToLowerInvariant())];

    public static string NameOf(RecordKind kind) => Names[(int)kind];

    public static FilterScope ScopeOf(RecordKind kind, IFindingRecords findings) => kind switch
    {
        RecordKind.Capture => FilterScope.Captures,
        RecordKind.Pools => FilterScope.Pools,
        RecordKind.Ports => FilterScope.Ports,
        RecordKind.Connections => FilterScope.Connections,
        RecordKind.Exchanges => FilterScope.Exchanges,
        RecordKind.Messages => FilterScope.Messages,
        RecordKind.Segments => FilterScope.Packets,
        RecordKind.Findings => findings.Scope,
        _ => throw new UnreachableException(),
    };
}
