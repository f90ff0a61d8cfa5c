using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting;

/// <summary>Connections, exchanges, or both, as JSON lines.</summary>
public sealed class JsonReport(JsonLines lines, bool connections, bool exchanges) : IConnectionSink
{
    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (exchanges)
        {
            lines.Begin(ExchangeFields.Set);
            ExchangeFields.Write(exchange, ends, timing, lines);
            lines.End();
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
        if (connections)
        {
            lines.Begin(ConnectionFields.Set);
            ConnectionFields.Write(connection, lines);
            lines.End();
        }
    }

    /// <summary>The lines that every JSON output ends with.</summary>
    public static void WriteTotals(JsonLines lines, CaptureTotals totals)
    {
        foreach (var remark in totals.Remarks)
        {
            lines.Begin(CaptureFields.RemarkSet);
            CaptureFields.Write(remark, lines);
            lines.End();
        }

        lines.Begin(CaptureFields.Set);
        CaptureFields.Write(totals, lines);
        lines.End();
        lines.Flush();
    }
}
