using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Checks;

/// <summary>One step of a sequence: an event that comes, or one that does not come until the next step, or the end.</summary>
public sealed record SequenceStep
{
    public required WireEventKind Event { get; init; }

    /// <summary>Null for either end.</summary>
    public Side? From { get; init; }

    /// <summary>It must not come.</summary>
    public bool IsNone { get; init; }

    /// <summary>Nanoseconds after the step before, at most; null for any time.</summary>
    public long? Within { get; init; }

    /// <summary>Of requests and responses: their exchange fits; null for any. Asks nothing but exchanges.</summary>
    public BoundFilter? Where { get; init; }

    /// <summary>As written, for people.</summary>
    public required string Text { get; init; }
}

/// <summary>What a sequence is made of; at one packet, in this order.</summary>
public enum WireEventKind : byte
{
    Syn,
    SynAck,

    /// <summary>Its last octet that was seen.</summary>
    Request,

    /// <summary>The same; of final responses.</summary>
    Response,
    Fin,
    Rst,
}
