using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>A record of a capture that stays after the capture was read, and can be asked as often as one likes.</summary>
public abstract class KeptRecord
{
    private protected KeptRecord(FieldSet set, in RecordPlace place)
    {
        Set = set;
        Place = place;
    }

    /// <summary>What it can be asked for.</summary>
    public FieldSet Set { get; }

    public RecordPlace Place { get; }

    public abstract void Write(FieldSink sink);

    /// <param name="filter">One that asks for nothing but this kind of record.</param>
    public bool Accepts(BoundFilter filter)
    {
        var own = filter.For(Set);
        if (own is not null)
        {
            Write(own.Begin());
        }

        return filter.Accepts(own?.End() ?? default);
    }
}

public sealed class KeptConnection : KeptRecord
{
    private readonly ConnectionRecord _connection;

    internal KeptConnection(ConnectionRecord connection)
        : base(ConnectionFields.Set, Places.Of(connection)) => _connection = connection.Copy();

    /// <summary>Those that it carried, in the order in which they ended.</summary>
    public IReadOnlyList<KeptExchange> Exchanges { get; internal init; } = [];

    public override void Write(FieldSink sink) => ConnectionFields.Write(_connection, sink);

    /// <summary>As the analysis told of it: its exchanges, then itself.</summary>
    internal void Tell(IConnectionSink sink)
    {
        foreach (var exchange in Exchanges)
        {
            exchange.Tell(sink);
        }

        sink.OnConnection(_connection);
    }
}

public sealed class KeptExchange : KeptRecord
{
    private readonly HttpExchange _exchange;
    private readonly ConnectionEnds _ends;
    private readonly ExchangeTiming _timing;

    internal KeptExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
        : base(ExchangeFields.Set, Places.Of(exchange, ends))
    {
        _exchange = exchange;
        _ends = ends.Copy();
        _timing = timing;
    }

    public override void Write(FieldSink sink) => ExchangeFields.Write(_exchange, _ends, _timing, sink);

    internal void Tell(IConnectionSink sink) => sink.OnExchange(_exchange, _ends, _timing);
}

public sealed class KeptPool : KeptRecord
{
    private readonly PoolRecord _pool;

    internal KeptPool(PoolRecord pool)
        : base(PoolFields.Set, Places.Of(pool)) => _pool = pool;

    public override void Write(FieldSink sink) => PoolFields.Write(_pool, sink);
}

public sealed class KeptFinding : KeptRecord
{
    private readonly IFindingRecords _records;

    internal KeptFinding(Finding finding, IFindingRecords records)
        : base(records.Scope.Own, Places.Of(finding))
    {
        Finding = finding;
        _records = records;
    }

    public Finding Finding { get; }

    public override void Write(FieldSink sink) => _records.Write(Finding, sink);
}
