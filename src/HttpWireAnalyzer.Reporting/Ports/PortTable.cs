using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting.Ports;

/// <summary>What ports are taken, as rows of chosen fields and as JSON lines.</summary>
public static class PortTable
{
    public static void Write(IEnumerable<PortStanding> standings, IReadOnlyList<Field> chosen, IRowSink rows)
    {
        var cells = new RowCells(PortFields.Set, chosen);
        foreach (var standing in standings)
        {
            cells.Clear();
            PortFields.Write(standing, cells);
            rows.Add([.. cells.Cells]);
        }

        rows.End();
    }

    public static void Write(IEnumerable<PortStanding> standings, JsonLines lines)
    {
        foreach (var standing in standings)
        {
            lines.Begin(PortFields.Set);
            PortFields.Write(standing, lines);
            lines.End();
        }
    }
}
