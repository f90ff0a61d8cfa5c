using System.Text;
using System.Text.Json;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Analysis;

namespace HttpWireAnalyzer.UnitTests.Reporting;

public class JsonReportTests
{
    [Fact]
    public void Every_line_is_an_object_that_begins_with_schema_and_type()
    {
        var lines = Report(CloseReasonTests.Stale());
        Assert.Equal(["exchange", "exchange", "conn"], lines.Select(line => line.GetProperty("type").GetString()));
        Assert.All(lines, line => Assert.Equal(
            ["schema", "type"], line.EnumerateObject().Take(2).Select(property => property.Name)));
    }

    [Fact]
    public void An_exchange_has_its_times_as_decimal_strings()
    {
        var exchange = Report(CloseReasonTests.Stale())[0];
        Assert.Equal("1258583820.001000000", exchange.GetProperty("exchange.start").GetString());
        Assert.Equal("0.011000000", exchange.GetProperty("exchange.latency").GetString());
        Assert.Equal("GET", exchange.GetProperty("http.request.method").GetString());
        Assert.Equal(200, exchange.GetProperty("http.response.status_code").GetInt32());
        Assert.Equal("812", exchange.GetProperty("http.response.header.content_length")[0].GetString());
        Assert.Equal("10.0.0.7", exchange.GetProperty("client.address").GetString());
        Assert.Equal(51514, exchange.GetProperty("client.port").GetInt32());
    }

    [Fact]
    public void What_is_unknown_is_absent()
    {
        var unanswered = Report(CloseReasonTests.Stale())[1];
        Assert.False(unanswered.TryGetProperty("http.response.status_code", out _));
        Assert.False(unanswered.TryGetProperty("exchange.latency", out _));
        Assert.Equal("unanswered", unanswered.GetProperty("exchange.outcome").GetString());
    }

    [Fact]
    public void A_connection_says_how_it_ended()
    {
        var connection = Report(CloseReasonTests.Stale())[2];
        Assert.Equal("fin_then_reset", connection.GetProperty("conn.close.how").GetString());
        Assert.Equal("idle_close", connection.GetProperty("conn.close.reason").GetString());
        Assert.Equal("server", connection.GetProperty("conn.close.first").GetString());
        Assert.Equal("1.000000000", connection.GetProperty("conn.idle.before_close").GetString());
        Assert.Equal("0.810000", connection.GetProperty("conn.connect_ms").GetString());
        Assert.Equal("0.5000", connection.GetProperty("conn.reuse").GetString());
        Assert.Equal("client", connection.GetProperty("conn.vantage").GetString());
    }

    [Fact]
    public void The_same_events_give_the_same_octets() => Assert.Equal(
        Report(CloseReasonTests.Stale()).Select(line => line.GetRawText()),
        Report(CloseReasonTests.Stale()).Select(line => line.GetRawText()));

    [Fact]
    public void Connections_come_in_order_of_their_numbers_whatever_order_they_close_in()
    {
        var talk = new Conversation().Handshake();
        talk.Close = new CloseAnatomy { How = CloseManner.Open };
        var tcp = talk.Record().Tcp;
        var http = talk.Record().Http;
        var seen = new Numbers();
        var table = new ConnectionRecords(seen);
        foreach (var number in (int[])[0, 1, 2])
        {
            table.OnOpened(new ConnectionOpening(
                new ConnectionId(number, number), tcp.Client, tcp.Server, 1, false, tcp.First));
        }

        foreach (var number in (int[])[2, 0, 1])
        {
            table.OnClosed(tcp with { Connection = new ConnectionId(number, number) }, http);
        }

        Assert.Equal([0, 1, 2], seen.Seen);
    }

    [Fact]
    public void A_summary_says_what_the_account_of_pools_left_out_or_placed_late()
    {
        using var output = new MemoryStream();
        var lines = new JsonLines(output);
        lines.Begin(SummaryFields.Set);
        SummaryFields.Write(new CaptureOverview(), new PoolReport([], [], ConnectionsLeftOut: 3, LateTurns: 2), new FindingReport([], 0, 0), lines);
        lines.End();
        lines.Flush();
        var summary = JsonDocument.Parse(output.ToArray()).RootElement;
        Assert.Equal(3, summary.GetProperty("summary.pools.connections_left_out").GetInt32());
        Assert.Equal(2, summary.GetProperty("summary.pools.late_changes").GetInt32());
    }

    private static List<JsonElement> Report(Conversation talk)
    {
        using var output = new MemoryStream();
        var lines = new JsonLines(output);
        talk.Play(new ConnectionRecords(new JsonReport(lines, connections: true, exchanges: true)));
        lines.Flush();
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private sealed class Numbers : IConnectionSink
    {
        public List<int> Seen { get; } = [];

        public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
        {
        }

        public void OnConnection(ConnectionRecord connection) => Seen.Add(connection.Number);
    }
}
