using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// A packet in 13 octets in place of 16, for structs of which there are many, such as one for each open connection. Of its
/// number, 40 bits are kept: a trillion packets.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct KeptPacket(PacketRef packet)
{
    private readonly long _time = packet.Time.Nanoseconds;
    private readonly uint _number = unchecked((uint)packet.Number);
    private readonly byte _numberHigh = unchecked((byte)(packet.Number >> 32));

    public long Number => ((long)_numberHigh << 32) | _number;

    public bool IsNone => (_number | _numberHigh) == 0;

    public PacketRef Packet
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Number, new Timestamp(_time));
    }
}
