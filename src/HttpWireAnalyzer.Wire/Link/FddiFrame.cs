namespace HttpWireAnalyzer.Wire.Link;

/// <summary>An FDDI frame (LINKTYPE_FDDI; ISO 9314-2); LLC follows (RFC 1390).</summary>
/// <remarks>
/// <code>
/// +-------------------+-------------------------+--------------------+
/// | Frame control (1) | Destination Address (6) | Source Address (6) |
/// +-------------------+-------------------------+--------------------+
/// </code>
/// </remarks>
internal readonly ref struct FddiFrame
{
    public const int Length = 13;

    private const byte ControlMask = 0xF0;
    private const byte AsynchronousData = 0x50;

    private readonly byte _control;

    private FddiFrame(byte control) => _control = control;

    /// <summary>Tokens, claims, beacons and what manages stations are no data.</summary>
    public Carried Carries => (_control & ControlMask) == AsynchronousData ? Carried.Llc : Carried.Other;

    public static bool TryParse(ReadOnlySpan<byte> octets, out FddiFrame frame, out DecodeError error)
    {
        frame = default;
        if (octets.Length < Length)
        {
            error = DecodeError.Truncated(Layer.Link, Length, octets.Length);
            return false;
        }

        frame = new FddiFrame(octets[0]);
        error = default;
        return true;
    }
}
