using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Asks a filter of records that are there when all has been read: pools, ports, findings.</summary>
/// <param name="truths">Null where the filter asks nothing but these records.</param>
public sealed class WholeQuestion(BoundFilter filter, ConnectionTruths? truths)
{
    private readonly RecordFilter? _own = filter.For(filter.Scope.Own);

    /// <param name="write">Writes the record.</param>
    /// <param name="connection">The connection that it is about; -1 where it is about none.</param>
    public bool Accepts(Action<FieldSink> write, int connection)
    {
        var truth = truths?.Of(connection) ?? 0;
        if (_own is not null)
        {
            write(_own.Begin());
            truth |= filter.TruthOf(_own.End());
        }

        return filter.Accepts(truth);
    }
}
