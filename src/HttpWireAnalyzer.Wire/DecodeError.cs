namespace HttpWireAnalyzer.Wire;

/// <summary>Why a packet could not be read to the end: which layer, where, what it wanted and what there was.</summary>
/// <param name="Offset">Of the layer's first octet in the packet, or in the datagram made of fragments.</param>
/// <param name="Needed">
/// Octets for <see cref="DecodeErrorKind.Truncated"/>; else the value nearest to the one found that would have been valid.
/// </param>
/// <param name="Available">Octets there were, or the value found.</param>
public readonly record struct DecodeError(Layer Layer, DecodeErrorKind Kind, int Offset, long Needed, long Available)
{
    internal static DecodeError Truncated(Layer layer, int needed, int available) =>
        new(layer, DecodeErrorKind.Truncated, 0, needed, available);

    internal static DecodeError TooSmall(Layer layer, int least, int found) =>
        new(layer, DecodeErrorKind.LengthTooSmall, 0, least, found);

    internal static DecodeError TooLarge(Layer layer, int most, int found) =>
        new(layer, DecodeErrorKind.LengthTooLarge, 0, most, found);

    internal static DecodeError Version(Layer layer, int wanted, int found) =>
        new(layer, DecodeErrorKind.WrongVersion, 0, wanted, found);
}

/// <summary>The layers that the decoder walks through.</summary>
public enum Layer : byte
{
    Link,
    Vlan,
    Mpls,
    Ppp,
    Ipv4,
    Ipv6,
    Ipv6Extension,
    Fragment,
    Tunnel,
    Udp,
    Icmp,
    Tcp,
}

/// <summary>What was wrong with the layer.</summary>
public enum DecodeErrorKind : byte
{
    /// <summary>Fewer octets than the layer needs.</summary>
    Truncated,

    /// <summary>A length field below its own header's length.</summary>
    LengthTooSmall,

    /// <summary>A length field beyond the end of what holds the layer.</summary>
    LengthTooLarge,

    /// <summary>A version field other than the layer's.</summary>
    WrongVersion,

    /// <summary>A link type that is not decoded; Available holds its number.</summary>
    UnknownLinkType,

    /// <summary>Headers within headers beyond the limit; Needed holds the limit.</summary>
    TooDeep,

    /// <summary>More fragments than are held, or fragments that contradict each other.</summary>
    FragmentsDropped,
}
