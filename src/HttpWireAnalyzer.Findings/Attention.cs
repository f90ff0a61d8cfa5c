using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>What is kept of an open connection for the rules.</summary>
internal struct Attention
{
    public PoolHabits Pool;
    public Trail? Trail;
    public PacketRef LastWhole;

    /// <summary>Of the exchange before; null before the first.</summary>
    public RequestHead? LastRequest;

    /// <summary>Keep-Alive: timeout of the last response that had one, seconds; 0 without.</summary>
    public int Promise;

    /// <summary>Counted as idle in its pool.</summary>
    public bool IsIdle;
    private PacketRef _clientFinAcknowledged;
    private PacketRef _serverFinAcknowledged;

    public readonly PacketRef FinAcknowledged(Side closer) =>
        closer == Side.Client ? _clientFinAcknowledged : _serverFinAcknowledged;

    public void NoteFinAcknowledged(Side closer, PacketRef by)
    {
        ref var noted = ref closer == Side.Client ? ref _clientFinAcknowledged : ref _serverFinAcknowledged;
        noted = noted.IsNone ? by : noted;
    }

    public void BecomeIdle(Timestamp time)
    {
        if (!IsIdle)
        {
            IsIdle = true;
            Pool.BecomeIdle(time);
        }
    }

    public void EndIdle()
    {
        if (IsIdle)
        {
            IsIdle = false;
            Pool.EndIdle();
        }
    }
}
