using System.Numerics;
using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// A 4-tuple in twelve octets: 32 bits for each address, 16 for each port, those of the first end above. An IPv4
/// address is its 32 bits; an IPv6 address is a digest of them, and whoever finds it compares the whole address.
/// </summary>
internal readonly struct TupleKey
{
    private const int AddressBits = 32;
    private const int PortBits = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TupleKey(in Endpoint first, in Endpoint second)
    {
        IsWide = !first.Address.IsIpv4 || !second.Address.IsIpv4;
        Addresses = IsWide
            ? ((ulong)Digest(first.Address) << AddressBits) | Digest(second.Address)
            : (first.Address.Low << AddressBits) | (uint)second.Address.Low;
        Ports = ((uint)first.Port << PortBits) | second.Port;
    }

    public TupleKey(ulong addresses, uint ports, bool isWide)
    {
        Addresses = addresses;
        Ports = ports;
        IsWide = isWide;
    }

    public ulong Addresses { get; }

    public uint Ports { get; }

    /// <summary>The addresses are not both IPv4: <see cref="Addresses"/> is not all of them.</summary>
    public bool IsWide { get; }

    public Endpoint FirstIpv4 => new(Address.FromIpv4((uint)(Addresses >> AddressBits)), (ushort)(Ports >> PortBits));

    public Endpoint SecondIpv4 => new(Address.FromIpv4((uint)Addresses), (ushort)Ports);

    /// <summary>The same from both directions: a sum of one mix for each end.</summary>
    public uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var first = ((Addresses >> AddressBits) << PortBits) | (Ports >> PortBits);
            var second = ((ulong)(uint)Addresses << PortBits) | (ushort)Ports;
            var sum = unchecked(Mix(first) + Mix(second));
            return (uint)unchecked(((sum ^ (sum >> 32)) * 0x9E37_79B9_7F4A_7C15) >> 32);
        }
    }

    /// <summary>The same two ends, as far as the key tells, one way or the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMatch(ulong addresses, uint ports, out Side sender)
    {
        sender = Side.Client;
        if (addresses == Addresses && ports == Ports)
        {
            return true;
        }

        sender = Side.Server;
        return BitOperations.RotateLeft(addresses, AddressBits) == Addresses
            && BitOperations.RotateLeft(ports, PortBits) == Ports;
    }

    private static uint Digest(Address address) =>
        (uint)(Mix(address.High ^ BitOperations.RotateLeft(Mix(address.Low), 29)) >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong end)
    {
        var mixed = unchecked(end * 0xD6E8_FEB8_6659_FD93);
        return unchecked((mixed ^ (mixed >> 32)) * 0xE703_7ED1_A0B4_28DB);
    }
}
