using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Testing;

/// <summary>What a rule found.</summary>
public sealed class WireFinding : WireRecord
{
    internal WireFinding(KeptFinding kept)
        : base(kept) => Data = kept.Finding;

    /// <summary>All of it.</summary>
    public Finding Data { get; }

    /// <summary>The rule: HWA-K001.</summary>
    public string Id => Text("finding.id")!;

    public string Title => Text("finding.title")!;

    public Severity Severity => Word<Severity>("finding.severity")!.Value;

    public Confidence Confidence => Word<Confidence>("finding.confidence")!.Value;

    /// <summary>What happened, for people.</summary>
    public string Says => Text("finding.text")!;

    /// <summary>The connection that it is about; null where it is about none.</summary>
    public long? Connection => Number("conn.id");
}
