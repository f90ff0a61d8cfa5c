using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting;

/// <summary>The order of records by one of their fields, which need not be shown.</summary>
public sealed class RecordOrder(FieldSet set, Field field, bool descending)
{
    private readonly CellOrder _byValue = new(field);

    private readonly RowCells _cells = new(set, [field]);

    /// <summary>The field is one of exchanges.</summary>
    public bool IsOfExchanges => set == ExchangeFields.Set;

    /// <summary>Where the next record is written to.</summary>
    public FieldSink Next
    {
        get
        {
            _cells.Clear();
            return _cells;
        }
    }

    /// <summary>What the record is sorted by that was written last.</summary>
    public string Key => _cells.Cells[0];

    /// <summary>Of equal ones the first stays the first.</summary>
    public IEnumerable<T> Sorted<T>(IEnumerable<T> records, Func<T, string> key) =>
        descending ? records.OrderByDescending(key, _byValue) : records.OrderBy(key, _byValue);

    public IReadOnlyList<T> Sorted<T>(IEnumerable<T> records, Action<T, FieldSink> write) =>
    [
        .. Sorted(records, record =>
        {
            write(record, Next);
            return Key;
        }),
    ];
}
