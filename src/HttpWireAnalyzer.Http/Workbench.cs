using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// What a conversation needs while a message is under way, and gives back when it is idle: most connections of a
/// large capture are idle most of the time.
/// </summary>
internal sealed class Workbench(HttpLimits limits, HeadCache heads)
{
    public MessageReader Client { get; } = new(Side.Client, limits, heads);

    public MessageReader Server { get; } = new(Side.Server, limits, heads);

    public ExchangeRing Ring { get; } = new();

    public MessageReader this[Side side] => side == Side.Client ? Client : Server;

    public bool IsIdle => Ring.Count == 0 && Client.IsIdle && Server.IsIdle;

    /// <summary>Exchanges moved in the ring: the readers' entries move with them, and one that left is no entry.</summary>
    public void MoveEntries(int from, int by)
    {
        Client.Entry = Moved(Client.Entry, from, by);
        Server.Entry = Moved(Server.Entry, from, by);
    }

    private static int Moved(int entry, int from, int by) => entry >= from ? Math.Max(-1, entry + by) : entry;

    public void Clear()
    {
        Client.Reset();
        Server.Reset();
        Ring.Clear();
    }
}
