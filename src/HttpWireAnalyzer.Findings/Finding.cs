using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>One judgement of a rule: data, from which any text is made. Frames are its evidence, never empty.</summary>
public sealed record Finding
{
    private readonly Severity? _severity;

    public required RuleCard Rule { get; init; }

    /// <summary>The rule's, unless the case is better or worse.</summary>
    public Severity Severity
    {
        get => _severity ?? Rule.Severity;
        init => _severity = value;
    }

    public required Confidence Confidence { get; init; }

    public required FindingSubject Subject { get; init; }

    /// <summary>The packets that show it, in capture order.</summary>
    public required IReadOnlyList<PacketRef> Frames { get; init; }

    /// <summary>What was measured; <see cref="Says"/> and the advice name these in braces.</summary>
    public required IReadOnlyList<Measure> Measured { get; init; }

    /// <summary>What happened, in one or two sentences.</summary>
    public required Phrase Says { get; init; }

    /// <summary>What to do: the rule's, unless the case needs another.</summary>
    public IReadOnlyList<Phrase> Advice
    {
        get => field ?? Rule.Advice;
        init;
    }

    /// <summary>What a measure was compared with; null where nothing was.</summary>
    public Threshold? Threshold { get; init; }

    /// <summary>What would have spoken against it, and did not; and what weakens it.</summary>
    public IReadOnlyList<Guard> Guards { get; init; } = [];

    /// <summary>When it began.</summary>
    public PacketRef From => Frames[0];

    public PacketRef To => Frames[^1];
}

/// <summary>How bad it is: Wireshark's Error, Warn, Note and Chat; SARIF's error, warning, note and none.</summary>
public enum Severity : byte
{
    Info,
    Note,
    Warning,
    Error,
}

/// <summary>How sure it is.</summary>
public enum Confidence : byte
{
    /// <summary>Several premises are inferred.</summary>
    Possible,

    /// <summary>One premise is inferred.</summary>
    Likely,

    /// <summary>Every premise was seen.</summary>
    Certain,
}

/// <summary>What a finding is about; what it is not about is -1 or null.</summary>
/// <param name="Connection">The connection's number.</param>
/// <param name="Exchange">The exchange's place on that connection, from 1.</param>
/// <param name="Pool">Client address and server endpoint, where it is about how they use connections.</param>
public sealed record FindingSubject(int Connection = -1, int Exchange = -1, PoolName? Pool = null)
{
    /// <summary>The capture as a whole.</summary>
    public static FindingSubject Capture { get; } = new();

    public static FindingSubject Of(int connection, int exchange = -1) => new(connection, exchange);

    public static FindingSubject Of(in HttpExchange exchange, PoolName pool) =>
        new(exchange.Connection.Number, exchange.Ordinal, pool);

    public static FindingSubject Of(PoolName pool) => new(Pool: pool);
}

/// <summary>What a measure was held against.</summary>
/// <param name="Measure">Name of the measure.</param>
/// <param name="Source">Who says so: a setting (rules.HWA-T007.wait) or a clause.</param>
public sealed record Threshold(string Measure, Measure Limit, string Source);

/// <summary>One thing that could have spoken against a finding.</summary>
/// <param name="Name">A short phrase that is true where the guard did not stand in the way: "the server answers others".</param>
/// <param name="Passed">False where it weakens the finding without refuting it.</param>
public sealed record Guard(Phrase Name, bool Passed);
