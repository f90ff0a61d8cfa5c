using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting;

/// <summary>Pools as rows of chosen fields, and as JSON lines.</summary>
public static class PoolTable
{
    public static void Write(PoolReport pools, IReadOnlyList<Field> chosen, IRowSink rows)
    {
        var cells = new RowCells(PoolFields.Set, chosen);
        foreach (var pool in pools.Pools)
        {
            cells.Clear();
            PoolFields.Write(pool, cells);
            rows.Add([.. cells.Cells]);
        }

        rows.End();
    }

    public static void Write(PoolReport pools, JsonLines lines)
    {
        foreach (var pool in pools.Pools)
        {
            lines.Begin(PoolFields.Set);
            PoolFields.Write(pool, lines);
            lines.End();
        }
    }
}
