using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting;

/// <summary>Takes rows of text cells: columns for a person, tabs for a program.</summary>
public interface IRowSink
{
    void Add(string[] cells);

    /// <summary>After the last row.</summary>
    void End();
}

/// <summary>Cells in aligned columns.</summary>
public sealed class AlignedFields(TextWriter output, IReadOnlyList<Field> fields, TextStyle style) : IRowSink
{
    private readonly AlignedColumns _table = new(
        output,
        [.. fields.Select(field => new Column(
            field.Name, field.Kind is FieldKind.Number or FieldKind.Duration or FieldKind.Milliseconds or FieldKind.Ratio or FieldKind.Mean))],
        style);

    public void Add(string[] cells) => _table.Add(cells);

    public void End() => _table.End();
}

/// <summary>Holds all rows and gives them on sorted by one column.</summary>
/// <param name="field">What the column has.</param>
public sealed class SortedRows(IRowSink next, int column, Field field, bool descending) : IRowSink
{
    private readonly List<string[]> _rows = [];

    public void Add(string[] cells) => _rows.Add(cells);

    public void End()
    {
        var order = new CellOrder(field);
        var sorted = descending
            ? _rows.OrderByDescending(row => row[column], order)
            : _rows.OrderBy(row => row[column], order);
        foreach (var row in sorted)
        {
            next.Add(row);
        }

        next.End();
    }
}

/// <summary>Chosen fields of connections, or of exchanges, as rows.</summary>
public sealed class FieldTable : IConnectionSink
{
    private readonly IRowSink _rows;
    private readonly bool _isOfExchanges;
    private readonly RowCells _cells;

    /// <param name="fields">Of connections or exchanges; decides what is listed.</param>
    public FieldTable(IRowSink rows, FieldSet fields, IReadOnlyList<Field> chosen)
    {
        _rows = rows;
        _isOfExchanges = fields == ExchangeFields.Set;
        _cells = new RowCells(fields, chosen);
    }

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (_isOfExchanges)
        {
            _cells.Clear();
            ExchangeFields.Write(exchange, ends, timing, _cells);
            _rows.Add([.. _cells.Cells]);
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
        if (!_isOfExchanges)
        {
            _cells.Clear();
            ConnectionFields.Write(connection, _cells);
            _rows.Add([.. _cells.Cells]);
        }
    }
}
