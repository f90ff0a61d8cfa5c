using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Checks;

/// <summary>Leads connections before the assertions about them, in one pass: a connection's record comes last.</summary>
internal sealed class ConnectionRows(IReadOnlyList<RecordJudge> judges) : IConnectionSink, IPacketSink
{
    private readonly (RecordJudge Judge, ConnectionGatherer?[] Gatherers, bool[] Accepted)[] _rows =
    [
        .. judges.Select(judge => (
            judge,
            judge.Filters.Select(filter => filter is null ? null : new ConnectionGatherer(filter, except: [])).ToArray(),
            new bool[judge.Filters.Count])),
    ];

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        foreach (var (_, gatherers, _) in _rows)
        {
            foreach (var gatherer in gatherers)
            {
                gatherer?.Add(exchange, ends, timing);
            }
        }
    }

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        foreach (var (_, gatherers, _) in _rows)
        {
            foreach (var gatherer in gatherers)
            {
                gatherer?.Add(segment, tracked);
            }
        }
    }

    public void OnConnection(ConnectionRecord connection)
    {
        foreach (var (judge, gatherers, accepted) in _rows)
        {
            for (var i = 0; i < gatherers.Length; i++)
            {
                accepted[i] = gatherers[i]?.Accepts(connection) ?? true;
            }

            if (judge.Take(accepted))
            {
                ConnectionFields.Write(connection, judge.Reader.Begin());
                judge.Keep(Places.Of(connection));
            }
        }
    }

    public void OnIcmpError(in IcmpError error)
    {
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
    }
}
