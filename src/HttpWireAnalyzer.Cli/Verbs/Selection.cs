using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Analysis.Slicing;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.Cli;

/// <summary>What -Y selects, and the passes over the input that finding it takes (docs/decisions/0010-display-filter.md).</summary>
internal sealed class Selection
{
    /// <summary>More numbers than anyone reads in one message.</summary>
    private const int NumbersTold = 10;

    private const string AnyConnection = "conn.id >= 0";

    private readonly Request _request;
    private readonly BoundFilter? _filter;

    private Selection(Request request, BoundFilter? filter)
    {
        _request = request;
        _filter = filter;
    }

    /// <exception cref="FilterException">The filter cannot be understood.</exception>
    public static Selection Of(Request request)
    {
        if (request.DisplayFilter is not { } text)
        {
            return new Selection(request, null);
        }

        var scope = request.ByPacket ? FilterScope.Packets : Verbs.ScopeOf(request.Verb);
        var filter = FilterBinder.Bind(text, scope, out var error);
        return error is null ? new Selection(request, filter) : throw new FilterException(error, text, "-Y");
    }

    /// <summary>Connections alone.</summary>
    public CaptureTotals Connections(Session session, IConnectionSink rows, StreamDigests? digests)
    {
        if (_filter is null)
        {
            return session.Run(new PoolAccount(new ConnectionRecords(rows, digests)), new AnalysisTaps(Streams: digests));
        }

        var filtered = new FilteredConnections(_filter, rows);
        return session.Run(
            new PoolAccount(new ConnectionRecords(filtered, digests)),
            new AnalysisTaps(Streams: digests, Packets: Asks(PacketFields.Set) ? filtered : null));
    }

    /// <summary>Connections, and all exchanges of them.</summary>
    public CaptureTotals ConnectionsWithExchanges(Session session, IConnectionSink rows, StreamDigests? digests)
    {
        var accepted = _filter is null ? rows : new AcceptedConnections(FirstPass(session, _filter), rows);
        return session.Run(new PoolAccount(new ConnectionRecords(accepted, digests)), new AnalysisTaps(Streams: digests));
    }

    /// <summary>Sums over connections, and the pools and findings of them alone.</summary>
    public CaptureTotals Summary(Session session, RuleSettings settings, CaptureOverview overview, out PoolReport pools, out FindingReport findings)
    {
        var line = new FindingsLine(RuleBook.Begin(settings), FindingLimits.Default, _filter is null ? overview : null);
        var account = new PoolAccount(line);
        IExchangeSink sink = account;
        if (_filter is not null)
        {
            var truths = FirstPass(session, _filter);
            sink = new ExchangeTee(
                new AcceptedEvents(truths, account),
                new ConnectionRecords(new AcceptedConnections(truths, overview)));
        }

        var totals = session.Run(sink, AnalysisTaps.None);
        pools = account.Report();
        findings = line.Conclude(totals, pools);
        return totals;
    }

    /// <summary>The pools that are selected.</summary>
    public PoolReport Of(PoolReport pools) => pools with
    {
        Pools = [.. pools.Pools.Where(pool => Accepts(sink => PoolFields.Write(pool, sink)))],
    };

    /// <summary>The findings that are selected: what is asked of their connections is known when they are.</summary>
    public FindingReport Findings(Session session, RuleSettings settings, Language language, out CaptureTotals totals)
    {
        var truths = _filter?.NeedsMore == true ? new ConnectionTruths(_filter) : null;
        var line = new FindingsLine(RuleBook.Begin(settings), FindingLimits.Default, truths);
        var pools = new PoolAccount(line);
        totals = session.Run(pools, new AnalysisTaps(Packets: truths?.AsksPackets == true ? truths : null));
        var report = line.Conclude(totals, pools.Report());
        if (_filter is null)
        {
            return report;
        }

        var question = new WholeQuestion(_filter, truths);
        return report with
        {
            Findings =
            [
                .. report.Findings.Where(finding =>
                    question.Accepts(sink => FindingFields.Write(finding, language, sink), finding.Subject.Connection)),
            ],
        };
    }

    /// <summary>A record of a client and a server is selected: it is written to ask.</summary>
    public bool Accepts(Action<FieldSink> write) => _filter is null || new WholeQuestion(_filter, truths: null).Accepts(write, connection: -1);

    public CaptureTotals Exchanges(Session session, IConnectionSink rows)
    {
        var accepted = _filter is null ? rows : new FilteredExchanges(_filter, TruthsBeyondOwn(session, _filter), rows);
        return session.Run(new PoolAccount(new ConnectionRecords(accepted)), AnalysisTaps.None);
    }

    public CaptureTotals Packets(Session session, IPacketSink rows)
    {
        var accepted = _filter is null ? rows : new FilteredPackets(_filter, TruthsBeyondOwn(session, _filter), rows);
        return session.Run(new NoExchanges(), new AnalysisTaps(Packets: accepted));
    }

    /// <summary>The first pass that <see cref="Sliced"/> needs; null where it needs none.</summary>
    public ConnectionTruths? BeforeSlice(Session session) => _filter switch
    {
        null => null,
        _ when _request.ByPacket => TruthsBeyondOwn(session, _filter),
        _ => FirstPass(session, _filter),
    };

    /// <summary>Taps that give on the packets that are selected, of connections or for themselves.</summary>
    public AnalysisTaps Sliced(ConnectionTruths? truths, FrameWindow window, IPacketSink next)
    {
        if (_filter is null)
        {
            return new AnalysisTaps(Packets: next);
        }

        if (_request.ByPacket || truths is null)
        {
            return new AnalysisTaps(Packets: new FragmentKeeper(window, new FilteredPackets(_filter, truths, next)));
        }

        var chosen = new PacketsOfConnections(truths.Accepts, next);
        return new AnalysisTaps(Streams: chosen, Packets: new FragmentKeeper(window, chosen));
    }

    /// <summary>The number that was given, or that of the only connection that is selected, or that there is.</summary>
    public int Single(Session session)
    {
        if (_request.Connection >= 0)
        {
            return _request.Connection;
        }

        var truths = FirstPass(session, _filter ?? FilterBinder.Bind(AnyConnection, FilterScope.Connections, out _)!);
        List<int> accepted = [.. Enumerable.Range(0, truths.Count).Where(truths.Accepts)];
        if (accepted.Count == 1)
        {
            return accepted[0];
        }

        if (_filter is null)
        {
            throw MissingConnection.Unsaid(_request, accepted.Count);
        }

        var told = accepted.Take(NumbersTold).Select(number => number.ToString(CultureInfo.InvariantCulture));
        throw new UsageException(accepted.Count == 0
            ? $"-Y selects none of the {truths.Count} connections."
            : $"-Y selects {accepted.Count} connections, and one is wanted: {string.Join(", ", told)}{(accepted.Count > NumbersTold ? ", …" : "")}.");
    }

    private ConnectionTruths? TruthsBeyondOwn(Session session, BoundFilter filter) =>
        filter.NeedsMore ? FirstPass(session, filter) : null;

    private ConnectionTruths FirstPass(Session session, BoundFilter filter)
    {
        var truths = new ConnectionTruths(filter);
        using var digests = _request.Digest ? new StreamDigests() : null;
        var asksPackets = Asks(PacketFields.Set) && filter.Scope.Own != PacketFields.Set;
        session.Prepare(
            new PoolAccount(new ConnectionRecords(truths, digests)),
            new AnalysisTaps(Streams: digests, Packets: asksPackets ? truths : null));
        return truths;
    }

    private bool Asks(FieldSet set) => _filter?.For(set) is not null;
}
