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

    /// <summary>That of the other direction.</summary>
    public TupleKey Reversed => new(
        BitOperations.RotateLeft(Addresses, AddressBits), BitOperations.RotateLeft(Ports, PortBits), IsWide);

    public Endpoint FirstIpv4 => new(Address.FromIpv4((uint)(Addresses >> AddressBits)), FirstPort);

    public Endpoint SecondIpv4 => new(Address.FromIpv4((uint)Addresses), SecondPort);

    public ushort FirstPort => (ushort)(Ports >> PortBits);

    public ushort SecondPort => (ushort)Ports;

    /// <summary>
    /// The same from both directions: the product of both addresses and that of both ports, each made a factor of 64 bits
    /// first, so that neighbours are far from each other. The upper bit tells digests from IPv4 addresses.
    /// </summary>
    public uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            const ulong Address = 0xD6E8_FEB8_6659_FD93;
            const ulong Port = 0x9E37_79B9_7F4A_7C15;
            const uint Upper = 0x8000_0000;
            var sum = unchecked(
                (((Addresses >> AddressBits) ^ Address) * ((uint)Addresses ^ Address))
                + (((Ports >> PortBits) ^ Port) * ((ushort)Ports ^ Port)));
            var hash = unchecked((uint)(sum ^ (sum >> 32)));
            return IsWide ? hash | Upper : hash & ~Upper;
        }
    }

    /// <summary>The same two ends, as far as the key tells, one way or the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMatch(ulong addresses, uint ports, out bool isReversed)
    {
        if (addresses == Addresses && ports == Ports)
        {
            isReversed = false;
            return true;
        }

        isReversed = true;
        return IsReverseOf(addresses, ports);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsReverseOf(ulong addresses, uint ports) =>
        BitOperations.RotateLeft(addresses, AddressBits) == Addresses && BitOperations.RotateLeft(ports, PortBits) == Ports;

    private static uint Digest(Address address) =>
        (uint)(Mix(address.High ^ BitOperations.RotateLeft(Mix(address.Low), 29)) >> 32);

    private static ulong Mix(ulong half)
    {
        var spread = unchecked(half * 0xD6E8_FEB8_6659_FD93);
        return unchecked((spread ^ (spread >> 32)) * 0xE703_7ED1_A0B4_28DB);
    }
}
