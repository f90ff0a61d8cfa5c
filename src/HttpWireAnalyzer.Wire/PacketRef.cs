namespace HttpWireAnalyzer.Wire;

/// <summary>One packet of the capture: the evidence that every value carries.</summary>
/// <param name="Number">Counted from 1 over all files, the number that Wireshark shows; 0 is "no packet".</param>
public readonly record struct PacketRef(long Number, Timestamp Time)
{
    public bool IsNone => Number == 0;

    /// <summary>Of two, the one that passed first; where one is none, the other.</summary>
    public static PacketRef Earlier(PacketRef one, PacketRef other) =>
        other.IsNone || (!one.IsNone && one.Number <= other.Number) ? one : other;

    /// <summary>Of two, the one that passed last; where one is none, the other.</summary>
    public static PacketRef Later(PacketRef one, PacketRef other) => one.Number >= other.Number ? one : other;
}
