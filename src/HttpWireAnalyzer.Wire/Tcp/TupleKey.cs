using System.Numerics;
using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>
/// A 4-tuple in twelve octets: 32 bits for each address, 16 for each port, those of the first end above. An IPv4
/// address is its 32 bits; an IPv6 address is a digest of them, and whoever finds it compares the whole address.
/// </summary>
public readonly struct TupleKey
{
    private const int AddressBits = 32;
    private const int PortBits = 16;

    public TupleKey(in Endpoint first, in Endpoint second)
        : this(new AddressPair(first.Address, second.Address), ((uint)first.Port << PortBits) | second.Port)
    {
    }

    /// <param name="ports">The first end's above.</param>
    public TupleKey(in AddressPair addresses, uint ports)
    {
        IsWide = !addresses.AreIpv4;
        Addresses = IsWide
            ? ((ulong)Digest(addresses.First) << AddressBits) | Digest(addresses.Second)
            : (addresses.First.Low << AddressBits) | (uint)addresses.Second.Low;
        Ports = ports;
    }

    /// <summary>One that was taken apart before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TupleKey(ulong addresses, uint ports, bool isWide)
    {
        Addresses = addresses;
        Ports = ports;
        IsWide = isWide;
    }

    /// <param name="addresses">Of IPv4, the first one above.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TupleKey OfIpv4(ulong addresses, uint ports) => new(addresses, ports, isWide: false);

    public ulong Addresses { get; }

    public uint Ports { get; }

    /// <summary>The addresses are not both IPv4: <see cref="Addresses"/> is not all of them.</summary>
    public bool IsWide { get; }

    public Endpoint FirstIpv4 => new(Address.FromIpv4((uint)(Addresses >> AddressBits)), FirstPort);

    public Endpoint SecondIpv4 => new(Address.FromIpv4((uint)Addresses), SecondPort);

    public ushort FirstPort => (ushort)(Ports >> PortBits);

    public ushort SecondPort => (ushort)Ports;

    /// <summary>
    /// The same from both directions: a sum of one mix for each end. Its upper bit tells digests from IPv4 addresses.
    /// </summary>
    public uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var first = ((Addresses >> AddressBits) << PortBits) | (Ports >> PortBits);
            var second = ((ulong)(uint)Addresses << PortBits) | (ushort)Ports;
            var hash = (uint)unchecked(((Spread(first) + Spread(second)) * 0x9E37_79B9_7F4A_7C15) >> 33);
            return IsWide ? hash | 0x8000_0000 : hash;
        }
    }

    /// <summary>The same two ends, as far as the key tells, one way or the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMatch(ulong addresses, uint ports, out bool isReversed)
    {
        isReversed = addresses != Addresses || ports != Ports;
        return !isReversed || IsReverseOf(addresses, ports);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsReverseOf(ulong addresses, uint ports) =>
        BitOperations.RotateLeft(addresses, AddressBits) == Addresses && BitOperations.RotateLeft(ports, PortBits) == Ports;

    private static uint Digest(Address address) =>
        (uint)(Mix(address.High ^ BitOperations.RotateLeft(Mix(address.Low), 29)) >> 32);

    private static ulong Mix(ulong half) => unchecked(Spread(half) * 0xE703_7ED1_A0B4_28DB);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Spread(ulong end)
    {
        var spread = unchecked(end * 0xD6E8_FEB8_6659_FD93);
        return spread ^ (spread >> 32);
    }
}
