using HttpWireAnalyzer.Http;
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

    /// <summary>It was open when the capture began.</summary>
    public bool IsMidstream;

    /// <summary>Counted as idle in its pool.</summary>
    public bool IsIdle;

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
