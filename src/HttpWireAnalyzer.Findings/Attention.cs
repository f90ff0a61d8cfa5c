using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>What is kept of an open connection for the rules: a cache line.</summary>
internal struct Attention
{
    public PoolHabits Pool;
    public Trail? Trail;
    public PacketRef LastWhole;
    private PacketRef _clientFinAcknowledged;
    private PacketRef _serverFinAcknowledged;

    public readonly PacketRef FinAcknowledged(Side closer) =>
        closer == Side.Client ? _clientFinAcknowledged : _serverFinAcknowledged;

    public void NoteFinAcknowledged(Side closer, PacketRef by)
    {
        ref var noted = ref closer == Side.Client ? ref _clientFinAcknowledged : ref _serverFinAcknowledged;
        noted = noted.IsNone ? by : noted;
    }
}
