using System.Diagnostics;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.Cli;

/// <summary>The verbs by name, and what each runs.</summary>
internal static class Verbs
{
    public static readonly string[] Names = ["summary", "conns", "exchanges", "pools", "ports", "findings", "packets", "story", "follow", "slice"];

    public static string Name(Verb verb) => Names[(int)verb];

    public static Verb? Find(string name) => Array.IndexOf(Names, name) is >= 0 and var index ? (Verb)index : null;

    /// <summary>The fields that the verb lists; null where it lists no records.</summary>
    public static FieldSet? FieldsOf(Verb verb) => verb switch
    {
        Verb.Summary => SummaryFields.Set,
        Verb.Conns => ConnectionFields.Set,
        Verb.Exchanges => ExchangeFields.Set,
        Verb.Pools => PoolFields.Set,
        Verb.Ports => PortFields.Set,
        Verb.Findings => FindingFields.Set,
        Verb.Packets => PacketFields.Set,
        _ => null,
    };

    /// <summary>What -Y selects.</summary>
    public static FilterScope ScopeOf(Verb verb) => verb switch
    {
        Verb.Exchanges => FilterScope.Exchanges,
        Verb.Pools => FilterScope.Pools,
        Verb.Ports => FilterScope.Ports,
        Verb.Findings => FindingFields.Scope,
        Verb.Packets => FilterScope.Packets,
        _ => FilterScope.Connections,
    };

    public static int Run(Request request, Terminal terminal) => request.Verb switch
    {
        Verb.Summary => SummaryVerb.Run(request, terminal),
        Verb.Conns or Verb.Exchanges => ListVerb.Run(request, terminal),
        Verb.Pools => PoolsVerb.Run(request, terminal),
        Verb.Ports => PortsVerb.Run(request, terminal),
        Verb.Findings => FindingsVerb.Run(request, terminal),
        Verb.Packets => PacketsVerb.Run(request, terminal),
        Verb.Story => StoryVerb.Run(request, terminal),
        Verb.Follow => FollowVerb.Run(request, terminal),
        Verb.Slice => SliceVerb.Run(request, terminal),
        _ => throw new UnreachableException(),
    };
}
