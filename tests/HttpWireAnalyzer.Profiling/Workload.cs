namespace HttpWireAnalyzer.Profiling;

/// <summary>What users let the program do with a large capture: the report, and a line for each exchange.</summary>
internal static class Workload
{
    /// <summary>Counting code is slow, and so many packets show as much as all of them.</summary>
    private const string Packets = "300000";

    public static IEnumerable<string[]> CommandsFor(string capture) =>
    [
        ["summary", "-q", "-c", Packets, capture],
        ["exchanges", "--json", "-q", "-c", Packets, capture],
    ];
}
