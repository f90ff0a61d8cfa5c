using System.Buffers;

namespace HttpWireAnalyzer.Tcp;

/// <summary>
/// Room for the octets of segments that wait, used again and again: where a window of thousands of segments waits behind each
/// lost one, a shared pool keeps too few, and the rest becomes garbage that has lived for long.
/// </summary>
internal sealed class WaitingOctets
{
    /// <summary>What a segment on Ethernet carries at most, 1460 octets, and a little more.</summary>
    private const int UsualLength = 1536;

    /// <summary>Room that is kept free, 24 MiB: four windows as large as Linux lets them grow (tcp_rmem[2], 6 MiB).</summary>
    private const int MostFree = 16_384;

    private readonly Stack<byte[]> _free = new();

    /// <summary>At least so long.</summary>
    public byte[] Rent(int length) => length > UsualLength ? ArrayPool<byte>.Shared.Rent(length)
        : _free.TryPop(out var free) ? free
        : new byte[UsualLength];

    public void Return(byte[] room)
    {
        if (room.Length != UsualLength)
        {
            ArrayPool<byte>.Shared.Return(room);
        }
        else if (_free.Count < MostFree)
        {
            _free.Push(room);
        }
    }
}
