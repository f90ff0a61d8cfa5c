using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>Findings as rows of chosen fields, and as JSON lines.</summary>
public static class FindingTable
{
    public static void Write(FindingReport report, Language language, IReadOnlyList<Field> chosen, IRowSink rows)
    {
        var cells = new RowCells(FindingFields.Set, chosen);
        foreach (var finding in report.Findings)
        {
            cells.Clear();
            FindingFields.Write(finding, language, cells);
            rows.Add([.. cells.Cells]);
        }

        rows.End();
    }

    public static void Write(FindingReport report, Language language, JsonLines lines)
    {
        foreach (var finding in report.Findings)
        {
            lines.Begin(FindingFields.Set);
            FindingFields.Write(finding, language, lines);
            lines.End();
        }
    }
}
