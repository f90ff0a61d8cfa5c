using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Tui.Rows;

/// <summary>Writes the processes at the ends of live connections to their rows, when they are found.</summary>
internal sealed class OwnedRows(CaptureRows rows, ISocketOwners owners)
{
    /// <summary>Open connections that are looked at again and again; of more than these, processes come with the end.</summary>
    private const int MostAwaited = 4096;

    private readonly HashSet<int> _awaited = [];

    public void Ask(in ConnectionOpening opening)
    {
        owners.Ask(opening.Connection.Number, opening.Client, opening.Server);
        if (_awaited.Count < MostAwaited)
        {
            _awaited.Add(opening.Connection.Number);
        }
    }

    /// <summary>What was found meanwhile; whether anything was.</summary>
    public bool Look() => _awaited.RemoveWhere(number =>
    {
        var found = owners.Find(number);
        if (found == default)
        {
            return false;
        }

        rows.Connections.Change(number, new Owned(found));
        return true;
    }) > 0;

    /// <summary>Adds to the record of a connection that has ended what was found of it.</summary>
    public void Name(ConnectionRecord connection)
    {
        _awaited.Remove(connection.Number);
        var found = owners.Take(connection.Number);
        connection.Owners = connection.Tcp.Swapped ? new ConnectionOwners(found.Server, found.Client) : found;
    }

    private readonly struct Owned(ConnectionOwners found) : IRowChange<ConnectionRow>
    {
        public void ApplyTo(ref ConnectionRow row) => row.Owners = found;
    }
}
