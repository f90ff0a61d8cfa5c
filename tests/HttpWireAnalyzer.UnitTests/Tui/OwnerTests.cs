using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>Processes at the ends of connections, which only a live capture has.</summary>
public sealed class OwnerTests
{
    private const string Capture = "http/retry-after-stale-reuse";

    private static readonly ConnectionOwners Both = new(new LocalProcess(17, "cu\u009brl"), new LocalProcess(5, "nginx"));

    [Fact]
    public void They_are_in_columns_of_their_own_and_below_the_list()
    {
        using var session = ScreenSession.Of(Capture, new Known { Owners = { [0] = Both } }, 120);
        Assert.DoesNotContain("nginx 5  ", Row(session), StringComparison.Ordinal);
        Assert.Contains("192.0.2.1:41928 (cu\\u009brl 17) → 192.0.2.2:80 (nginx 5)", session.Draw(), StringComparison.Ordinal);
        session.Press("c", "c", "c", "c", "c");
        Assert.Matches("192.0.2.1:41928 +cu\\\\u009brl 17 +192.0.2.2:80 +nginx 5 ", Row(session));
        session.Press("c");
        Assert.Equal(0, session.Model.Connections.ColumnSet);
    }

    [Fact]
    public void A_filter_asks_for_them_though_the_capture_does_not_have_them()
    {
        using var session = ScreenSession.Of(Capture, new Known { Owners = { [0] = Both } }, 120);
        session.Press("/").Type("server.process.name == \"nginx\"").Press("Enter");
        Assert.Equal([0], session.Model.Connections.Order!.Rows);
        session.Press("Escape", "3", "/").Type("server.process.pid != 5").Press("Enter");
        Assert.Empty(session.Model.Exchanges.Order!.Rows);
        session.Press("2", "j", "c", "c", "c", "c", "c", "l", "l", "l", "f", "=");
        Assert.Equal("!server.process.name", session.Model.Connections.Filter);
        Assert.Equal([1], session.Model.Connections.Order!.Rows);
    }

    [Fact]
    public void A_file_has_no_columns_for_them()
    {
        using var session = ScreenSession.Of(Capture);
        session.Press("c", "c", "c", "c", "c");
        Assert.Equal(0, session.Model.Connections.ColumnSet);
    }

    [Fact]
    public void An_open_connection_gets_them_when_they_are_found()
    {
        var rows = new CaptureRows();
        var known = new Known();
        var owned = new OwnedRows(rows, known);
        var opening = new ConnectionOpening
        {
            Connection = new ConnectionId(0, 0),
            Client = new Endpoint(Address.FromIpv4(1), 1000),
            Server = new Endpoint(Address.FromIpv4(2), 80),
            Packet = new PacketRef(1, default),
        };
        rows.Connections.TryAdd(ConnectionRow.Of(opening));
        owned.Ask(opening);
        Assert.Equal([(0, opening.Client, opening.Server)], known.Asked);
        Assert.False(owned.Look());
        known.Owners[0] = Both;
        Assert.True(owned.Look());
        Assert.Equal("nginx 5", CellText.Process(rows.Connections[0].Owners.Server));

        // It is not looked for any more.
        Assert.False(owned.Look());
    }

    private static string Row(ScreenSession session) => session.Draw().Split('\n')[2];

    private sealed class Known : ISocketOwners
    {
        public Dictionary<int, ConnectionOwners> Owners { get; } = [];

        public List<(int, Endpoint, Endpoint)> Asked { get; } = [];

        public void Ask(int connection, in Endpoint client, in Endpoint server) => Asked.Add((connection, client, server));

        public ConnectionOwners Find(int connection) => Owners.GetValueOrDefault(connection);

        public ConnectionOwners Take(int connection) => Find(connection);
    }
}
