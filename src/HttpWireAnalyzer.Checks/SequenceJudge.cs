using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Checks;

/// <summary>Judges a sequence: the events of each open connection are kept until its record says whether it is selected.</summary>
internal sealed class SequenceJudge : IConnectionSink, IPacketSink
{
    /// <summary>Events kept of one connection.</summary>
    public const int MostEvents = 16_384;

    /// <summary>Events kept of all open connections together: about 100 MB.</summary>
    public const int MostInAll = 4 << 20;

    private readonly SequenceAssertion _assertion;
    private readonly ExchangeQuestion?[] _questions;
    private readonly ConnectionGatherer? _where;
    private readonly Dictionary<int, List<WireEvent>> _open = [];
    private readonly List<Counterexample> _examples = [];
    private int _kept;
    private long _selected;
    private long _following;
    private bool _tooMany;

    public SequenceJudge(SequenceAssertion assertion)
    {
        _assertion = assertion;
        _questions = [.. assertion.Steps.Select(step => step.Where is { } where ? new ExchangeQuestion(where, truths: null) : null)];
        _where = assertion.Where is { } filter ? new ConnectionGatherer(filter, except: []) : null;
    }

    /// <summary>It is to be given as a tap of packets too.</summary>
    public bool AsksPackets => _assertion.Where?.For(PacketFields.Set) is not null;

    public void OnExchange(in HttpExchange exchange, ConnectionEnds ends, in ExchangeTiming timing)
    {
        _where?.Add(exchange, ends, timing);
        ulong fits = 0;
        for (var i = 0; i < _questions.Length; i++)
        {
            fits |= _questions[i]?.Accepts(exchange, ends, timing) != false ? 1UL << i : 0;
        }

        var events = EventsOf(exchange.Connection.Number);
        if (exchange.Request is not null)
        {
            Keep(events, new WireEvent(WireEventKind.Request, exchange.Requester, EndOf(exchange.RequestTrace), fits));
        }

        if (exchange.Response is not null)
        {
            Keep(events, new WireEvent(WireEventKind.Response, exchange.Requester.Other(), EndOf(exchange.ResponseTrace), fits));
        }
    }

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked) => _where?.Add(segment, tracked);

    public void OnIcmpError(in IcmpError error)
    {
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
    }

    public void OnConnection(ConnectionRecord connection)
    {
        _open.Remove(connection.Number, out var events);
        events ??= [];
        _kept -= events.Count;
        if (_where?.Accepts(connection) == false)
        {
            return;
        }

        _selected++;
        var missing = SequenceMatch.FirstMissing(_assertion.Steps, EventsOf(connection, events));
        if (missing < 0)
        {
            _following++;
        }
        else if (_examples.Count < _assertion.Shown)
        {
            _examples.Add(new Counterexample(Places.Of(connection), [], missing));
        }
    }

    public Verdict Conclude()
    {
        if (_selected == 0)
        {
            return RecordJudge.Empty(_assertion);
        }

        var holds = _following == _selected;
        return new Verdict
        {
            Assertion = _assertion,
            Outcome = _tooMany ? Outcome.Inconclusive : holds ? Outcome.Passed : Outcome.Failed,
            Reason = _tooMany ? VerdictReason.TooMany : holds ? VerdictReason.Holds : VerdictReason.Broken,
            Selected = _selected,
            Fitting = _following,
            Examples = holds || _tooMany ? [] : _examples,
        };
    }

    /// <summary>Those of exchanges, and those that the connection's record tells, in capture order.</summary>
    private static List<WireEvent> EventsOf(ConnectionRecord connection, List<WireEvent> events)
    {
        if (connection.Tcp.Swapped)
        {
            // What came before the SYN called the ends by each other's name.
            events = [.. events.Select(one => one with { From = one.From.Other() })];
        }

        ref readonly var client = ref connection.Tcp.ClientEnd;
        ref readonly var server = ref connection.Tcp.ServerEnd;
        Add(events, WireEventKind.Syn, Side.Client, client.Syn);
        Add(events, WireEventKind.SynAck, Side.Server, server.Syn);
        Add(events, WireEventKind.Fin, Side.Client, client.Fin);
        Add(events, WireEventKind.Fin, Side.Server, server.Fin);
        Add(events, WireEventKind.Rst, Side.Client, client.Rst);
        Add(events, WireEventKind.Rst, Side.Server, server.Rst);
        events.Sort();
        return events;
    }

    private static void Add(List<WireEvent> events, WireEventKind kind, Side from, PacketRef packet)
    {
        if (!packet.IsNone)
        {
            events.Add(new WireEvent(kind, from, packet, ulong.MaxValue));
        }
    }

    private static PacketRef EndOf(in MessageTrace trace) => trace.End.IsNone ? trace.Start : trace.End;

    private List<WireEvent> EventsOf(int connection)
    {
        if (!_open.TryGetValue(connection, out var events))
        {
            _open.Add(connection, events = []);
        }

        return events;
    }

    private void Keep(List<WireEvent> events, in WireEvent one)
    {
        if (events.Count == MostEvents || _kept == MostInAll)
        {
            _tooMany = true;
            return;
        }

        events.Add(one);
        _kept++;
    }
}

/// <summary>An event of one connection.</summary>
/// <param name="Fits">Of exchanges: a bit for each step whose filter accepts it.</param>
internal readonly record struct WireEvent(WireEventKind Kind, Side From, PacketRef Packet, ulong Fits) : IComparable<WireEvent>
{
    public int CompareTo(WireEvent other) => Packet.Number != other.Packet.Number
        ? Packet.Number.CompareTo(other.Packet.Number)
        : Kind.CompareTo(other.Kind);
}
