using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Live;

/// <summary>A line for each exchange and each connection as it ends: nothing is known yet of what a column would need.</summary>
public sealed class LiveText(TextWriter output, TextStyle style, bool connections, bool exchanges) : IConnectionSink
{
    /// <summary>Of a target: a line should stay one on a terminal.</summary>
    private const int TargetWidth = 60;

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (!exchanges)
        {
            return;
        }

        var request = exchange.RequestTrace;
        var response = exchange.ResponseTrace;
        Begin(exchange.EndedBy.Time, exchange.Connection.Number);
        output.Write(exchange.Request is { } head
            ? PrintableText.OfWire(head.Method) + " " + PrintableText.Shortened(PrintableText.OfWire(head.Target), TargetWidth)
            : "response without a request");
        if (exchange.Response is { Status: > 0 } answer)
        {
            var status = answer.Status.ToString(CultureInfo.InvariantCulture);
            output.Write(" → " + (answer.Status >= 500 ? style.Error(status) : answer.Status >= 400 ? style.Warning(status) : style.Good(status)));
            output.Write("  " + Quantity.Octets(response.BodyOctets));
        }

        if (!request.End.IsNone && !response.Start.IsNone && exchange.IsShownInOrder)
        {
            output.Write("  after " + Quantity.Duration(response.Start.Time.Since(request.End.Time)));
        }

        output.Write(exchange.IdleBefore >= 0 ? "  idle before " + Quantity.Duration(exchange.IdleBefore)
            : exchange.IsCold ? "  cold"
            : "");
        var after = AfterExchange.Of(exchange.End, exchange.Persistence.Verdict, Language.English);
        output.WriteLine(exchange.End is ExchangeEnd.Complete or ExchangeEnd.CompleteByClose
            ? "  " + style.Dim(after)
            : "  " + style.Error(after));
    }

    public void OnConnection(ConnectionRecord connection)
    {
        if (!connections)
        {
            return;
        }

        ref readonly var tcp = ref connection.Tcp;
        Begin(tcp.Last.Time, connection.Number);
        output.Write($"{Named(tcp.Client, connection.Owners.Client)} → {Named(tcp.Server, connection.Owners.Server)}");
        if (connection.IsHttp)
        {
            output.Write("  " + Quantity.Count(connection.Http.Requests, "request", "requests"));
        }

        output.Write("  " + Quantity.Duration(tcp.Last.Time.Since(tcp.First.Time)));
        var why = ConnectionRows.Why(connection, Language.English);
        output.WriteLine("  " + style.Bold(ConnectionRows.Closer(connection, Language.English)) + (why == Quantity.None ? "" : ": " + why));
    }

    private static string Named(in Wire.Ip.Endpoint end, LocalProcess? owner) => owner is null
        ? end.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"{end} ({PrintableText.Of(owner.Name)} {owner.Id})");

    private void Begin(Timestamp time, int connection)
    {
        output.Write(style.Dim(Quantity.TimeOfDay(time)));
        output.Write(string.Create(CultureInfo.InvariantCulture, $"  conn {connection}  "));
    }
}
