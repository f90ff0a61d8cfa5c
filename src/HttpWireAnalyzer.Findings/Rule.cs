using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>
/// One rule of the catalogue: one file, which says what it looks at, when it speaks, and what it does not flag. It lives
/// for one capture, keeps what it needs in bounds, and reports into the <see cref="FindingList"/> that it is given.
/// </summary>
/// <remarks>
/// Everything comes in capture order. A rule is asked only about what it wants to see: most exchanges and connections
/// concern no rule, and cost nothing here.
/// </remarks>
public abstract class Rule(RuleCard card, RuleSettings settings)
{
    /// <summary>The last one that was asked for: a rule that speaks often speaks of the same.</summary>
    private Threshold? _threshold;

    public RuleCard Card { get; } = card;

    /// <summary>It sees exchanges that have any of these traits.</summary>
    public virtual ExchangeTraits Exchanges => ExchangeTraits.None;

    /// <summary>It sees connections that have any of these traits, when they have ended.</summary>
    public virtual ConnectionTraits Connections => ConnectionTraits.None;

    /// <summary>It sees remarks of these kinds, one bit for each <see cref="TcpRemarkKind"/>.</summary>
    public virtual uint Remarks => 0;

    /// <summary>In the order in which exchanges end.</summary>
    public virtual void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
    }

    /// <summary>In the order in which connections leave; its exchanges have all been seen.</summary>
    public virtual void OnConnection(ConnectionCase connection, FindingList findings)
    {
    }

    public virtual void OnRemark(in TcpRemark remark, FindingList findings)
    {
    }

    /// <summary>After everything.</summary>
    public virtual void Conclude(CaptureCase capture, FindingList findings)
    {
    }

    /// <summary>The threshold as set, or as usual.</summary>
    protected long Of(RuleParameter parameter) => settings.Of(Card, parameter);

    /// <summary>For <see cref="Finding.Threshold"/>: the setting that a measure was held against.</summary>
    protected Threshold ThresholdOf(string measure, RuleParameter parameter)
    {
        if (_threshold is not { } known || known.Measure != measure || known.Limit.Name != parameter.Name)
        {
            _threshold = known = new Threshold(
                measure, new Measure(parameter.Name, parameter.Unit, Of(parameter)), $"rules.{Card.Id}.{parameter.Name}: {parameter.Source}");
        }

        return known;
    }
}

/// <summary>An exchange before the rules. Good for the call.</summary>
public readonly ref struct ExchangeCase
{
    private readonly ref readonly HttpExchange _exchange;
    private readonly ref readonly ExchangeTiming _timing;
    private readonly ref readonly Attention _attention;
    private readonly ConnectionEnds _ends;

    internal ExchangeCase(
        ref readonly HttpExchange exchange, ref readonly ExchangeTiming timing, ref readonly Attention attention, ConnectionEnds ends)
    {
        _ends = ends;
        _exchange = ref exchange;
        _timing = ref timing;
        _attention = ref attention;
    }

    public ref readonly HttpExchange Exchange => ref _exchange;

    public ref readonly ExchangeTiming Timing => ref _timing;

    public PoolHabits Pool => _attention.Pool;

    /// <inheritdoc cref="ConnectionCase.PoolName"/>
    public PoolName PoolName => new(_ends.Client.Address, _ends.Server);

    public FindingSubject Subject => FindingSubject.Of(_exchange, PoolName);

    /// <summary>The packet that ended the last whole exchange of the connection before it; none without one.</summary>
    public PacketRef PreviousEnd => _attention.LastWhole;

    /// <summary>Of the exchange before it on the connection; null where it is the first.</summary>
    public RequestHead? PreviousRequest => _attention.LastRequest;

    /// <summary>Its connection was open when the capture began.</summary>
    public bool IsMidstream => _attention.IsMidstream;

    /// <summary>Holes leave open which answer is whose, and with that what was outstanding.</summary>
    public bool IsPairGuessed => _exchange.Pairing == PairingConfidence.Possible;

    /// <summary>As sure as a finding that rests on its pair can be.</summary>
    public Confidence Surest => _exchange.Pairing == PairingConfidence.Certain ? Confidence.Certain : Confidence.Likely;

    /// <summary>What the server had announced before it, Keep-Alive: timeout in seconds; 0 without.</summary>
    public int Promise => _attention.Promise;

    /// <summary>What was out of the ordinary on its connection until now; null where all went well.</summary>
    public Trail? Trail => _attention.Trail;
}
