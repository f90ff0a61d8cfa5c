namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>A point in TCP's sequence space, which is a circle of 2^32 (RFC 9293 §3.4).</summary>
/// <remarks>Not IComparable on purpose: order on a circle is not transitive, so it must never be sorted.</remarks>
public readonly record struct SequenceNumber(uint Value)
{
    /// <summary>The signed distance from <paramref name="origin"/>, the short way round.</summary>
    public int DistanceFrom(SequenceNumber origin) => unchecked((int)(Value - origin.Value));

    public SequenceNumber Advance(uint octets) => new(unchecked(Value + octets));
}
