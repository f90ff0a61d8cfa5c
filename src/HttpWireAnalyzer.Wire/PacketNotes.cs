namespace HttpWireAnalyzer.Wire;

/// <summary>What a file says of a packet beside its octets (options of a pcapng EPB); most have nothing.</summary>
/// <param name="Flags">epb_flags: direction, kind of reception, link-layer errors; null where unknown.</param>
/// <param name="Comments">opt_comment, in order.</param>
public sealed record PacketNotes(uint? Flags, IReadOnlyList<string> Comments);
