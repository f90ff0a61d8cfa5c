namespace HttpWireAnalyzer.Wire;

/// <summary>One packet of the capture: the evidence that every value carries.</summary>
/// <param name="Number">Counted from 1 over all files, the number that Wireshark shows; 0 is "no packet".</param>
public readonly record struct PacketRef(long Number, Timestamp Time)
{
    public bool IsNone => Number == 0;
}
