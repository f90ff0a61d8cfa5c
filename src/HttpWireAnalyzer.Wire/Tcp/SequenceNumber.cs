using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>A point in TCP's sequence space, which is a circle of 2^32 (RFC 9293 §3.4).</summary>
/// <remarks>Not IComparable on purpose: order on a circle is not transitive, so it must never be sorted.</remarks>
public readonly record struct SequenceNumber(uint Value)
{
    /// <summary>
    /// The signed distance of <paramref name="value"/> from <paramref name="origin"/>, the short way round: positive where
    /// it is ahead. For what keeps sequence numbers as bare values, in the states of connections.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Distance(uint value, uint origin) => unchecked((int)(value - origin));

    /// <inheritdoc cref="Distance"/>
    public int DistanceFrom(SequenceNumber origin) => Distance(Value, origin.Value);

    public SequenceNumber Advance(uint octets) => new(unchecked(Value + octets));
}
