using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tui.Rows;

/// <summary>Writes rows as the analysis tells: a connection when it opens, at each exchange, and when it leaves.</summary>
internal sealed class RowWriter : IExchangeSink, IConnectionSink
{
    /// <summary>What shows that an end closes.</summary>
    private const uint Ending =
        1u << (int)TcpInput.SendFin | 1u << (int)TcpInput.SendCrossingFin | 1u << (int)TcpInput.SendRst;

    private readonly CaptureRows _rows;
    private readonly FindingsLine _records;
    private readonly IConnectionSink _next;
    private readonly OwnedRows? _owned;
    private readonly TextPool _texts = new();

    /// <summary>Findings that are in rows before the end: the first ones.</summary>
    private int _written;

    /// <param name="rules">Thresholds of the findings.</param>
    /// <param name="owners">Of its sockets; null where nobody knows.</param>
    /// <param name="next">Is told what the rows are made of.</param>
    public RowWriter(CaptureRows rows, RuleSettings rules, ISocketOwners? owners, IConnectionSink next)
    {
        _rows = rows;
        _next = next;
        _owned = owners is null ? null : new OwnedRows(rows, owners);

        // It gives connections on as they end: a row has its place by number, and none waits for another.
        _records = new FindingsLine(RuleBook.Begin(rules), FindingLimits.Default, this);
    }

    /// <summary>What is found when the capture has ended; each connection's worst finding is written to its row.</summary>
    public FindingReport Conclude(CaptureTotals totals, PoolReport pools)
    {
        var report = _records.Conclude(totals, pools);

        // What was found on the way may be withheld now, or stand behind what is as bad.
        foreach (var finding in OfConnections(_records.SoFar().Findings.Take(_written)))
        {
            _rows.Connections.Change(finding.Subject.Connection, default(Acquitted));
        }

        Judge(report.Findings);
        return report;
    }

    /// <summary>What is found so far, in rows too.</summary>
    public FindingReport SoFar()
    {
        var report = _records.SoFar();
        Judge(report.Findings.Skip(_written));
        _written = report.Findings.Count;
        return report;
    }

    private void Judge(IEnumerable<Finding> findings)
    {
        foreach (var finding in OfConnections(findings))
        {
            _rows.Connections.Change(finding.Subject.Connection, new Judged(finding));
        }
    }

    private static IEnumerable<Finding> OfConnections(IEnumerable<Finding> findings) =>
        findings.Where(finding => finding.Subject.Connection >= 0);

    /// <summary>Writes the processes that were found meanwhile; whether there were any.</summary>
    public bool LookForOwners() => _owned?.Look() ?? false;

    public void OnOpened(in ConnectionOpening opening)
    {
        if (!_rows.Connections.TrySet(opening.Connection.Number, ConnectionRow.Of(opening)))
        {
            _rows.LeaveOutConnection();
        }

        _owned?.Ask(opening);
        _records.OnOpened(opening);
    }

    public void OnStateChange(in TcpStateChange change)
    {
        if ((Ending >> (int)change.Input & 1) != 0)
        {
            _rows.Connections.Change(change.Connection.Number, new BeganToClose(change));
        }

        _records.OnStateChange(change);
    }

    public uint StateInputs => Ending | _records.StateInputs;

    public void OnTcpRemark(in TcpRemark remark) => _records.OnTcpRemark(remark);

    public void OnGap(in StreamGap gap) => _records.OnGap(gap);

    public void OnBusy(ConnectionId connection, PacketRef since) => _records.OnBusy(connection, since);

    public void OnExchange(in HttpExchange exchange) => _records.OnExchange(exchange);

    public void OnHttpRemark(in HttpRemark remark) => _records.OnHttpRemark(remark);

    public void OnClosed(in TcpSummary tcp, in HttpSummary http) => _records.OnClosed(tcp, http);

    public void Expect(int slot) => _records.Expect(slot);

    void IConnectionSink.OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        if (!_rows.Exchanges.TryAdd(ExchangeRow.Of(exchange, timing, _texts)))
        {
            _rows.LeaveOutExchange();
        }

        _rows.Connections.Change(exchange.Connection.Number, new ExchangeEnded(exchange.EndedBy, exchange.IdleBefore, exchange.IsCold, exchange.TunnelDepth > 0, RowSeverities.IsEndless(exchange)));
        _next.OnExchange(exchange, ends, timing);
    }

    void IConnectionSink.OnConnection(ConnectionRecord connection)
    {
        _owned?.Name(connection);
        _rows.Connections.Change(connection.Number, new Left(ConnectionRow.Of(connection)));
        _next.OnConnection(connection);
    }

    /// <summary>The worst counts; of those that are as bad, the first.</summary>
    private readonly struct Judged(Finding finding) : IRowChange<ConnectionRow>
    {
        public void ApplyTo(ref ConnectionRow row)
        {
            if (row.Rule is null || finding.Severity > row.RuleSeverity)
            {
                (row.Rule, row.RuleSeverity) = (finding.Rule.Id, finding.Severity);
            }
        }
    }

    private readonly struct BeganToClose(TcpStateChange change) : IRowChange<ConnectionRow>
    {
        public void ApplyTo(ref ConnectionRow row)
        {
            row.Flags |= change.Input == TcpInput.SendRst ? RowFlags.ClientClosing | RowFlags.ServerClosing
                : change.Side == Side.Client ? RowFlags.ClientClosing
                : RowFlags.ServerClosing;
            (row.Last, row.LastFrame) = (change.Packet.Time, change.Packet.Number);
        }
    }

    private readonly struct Acquitted : IRowChange<ConnectionRow>
    {
        public void ApplyTo(ref ConnectionRow row) => (row.Rule, row.RuleSeverity) = (null, default);
    }

    /// <summary>All that is known of it, and what only its exchanges and rules showed.</summary>
    private readonly struct Left(ConnectionRow whole) : IRowChange<ConnectionRow>
    {
        public void ApplyTo(ref ConnectionRow row)
        {
            var endless = row.Flags & RowFlags.Endless;
            row = whole with { Rule = row.Rule, RuleSeverity = row.RuleSeverity };
            row.Flags |= endless;
            // A stream that its reader leaves lost nothing; one that is closed from the other side did.
            if (endless != 0 && row.Unanswered <= 1 && row.First == Side.Client)
            {
                row.Severity = RowSeverity.Plain;
            }
        }
    }

    /// <summary>What an open connection shows before it leaves.</summary>
    private readonly struct ExchangeEnded(PacketRef at, long idleBefore, bool isCold, bool isInTunnel, bool isEndless) : IRowChange<ConnectionRow>
    {
        public void ApplyTo(ref ConnectionRow row)
        {
            row.Flags |= RowFlags.Http | (isEndless ? RowFlags.Endless : 0);
            row.Protocol = ApplicationProtocol.Http1;
            row.Last = at.Time;
            row.LastFrame = at.Number;
            row.MaxIdle = long.Max(row.MaxIdle, idleBefore);
            if (!isInTunnel)
            {
                row.Reuses += isCold ? 0 : 1;
                row.Requests++;
            }
        }
    }
}
