namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>Every key of a spec. The JSON Schema has the same; a test compares them.</summary>
internal static class SpecKeys
{
    public static readonly string[] Root =
        ["version", "name", "captures", "roles", "profile", "rules", "require", "defaults", "assertions"];

    public static readonly string[] Capture = ["path"];

    public static readonly string[] Role = ["address", "port"];

    public static readonly string[] Require =
        ["dropped", "gaps", "both_directions", "complete_file", "min_connections", "min_exchanges", "duration"];

    public static readonly string[] Defaults = ["on_empty", "severity", "evidence"];

    public static readonly string[] Assertion =
    [
        "id", "because", "findings", "select", "where", "each", "any", "none", "at_least", "expect", "sequence",
        "severity", "on_empty", "allow_empty", "evidence",
    ];

    /// <summary>What an assertion claims of the records that it selects: one of these.</summary>
    public static readonly string[] Claims = ["each", "any", "none", "at_least", "expect", "sequence"];

    public static readonly string[] Findings = ["none", "max", "new_since", "severity"];

    public static readonly string[] AtLeast = ["n", "of"];

    public static readonly string[] Step = ["from", "is", "none", "header", "where", "within"];
}
