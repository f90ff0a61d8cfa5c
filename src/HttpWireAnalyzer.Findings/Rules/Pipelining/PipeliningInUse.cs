using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Pipelining;

/// <summary>HWA-L001: a client sends requests before it has the answers to those before them.</summary>
/// <remarks>Not told: requests inside tunnels, which are between others; nor those whose pairs the capture's holes leave open.</remarks>
internal sealed class PipeliningInUse(RuleSettings settings) : Rule(Entry, settings)
{
    public static readonly RuleCard Entry = new()
    {
        Id = "HWA-L001",
        Severity = Severity.Info,
        NeedsWholeCapture = true,
        Title = new Phrase("pipelining in use", "파이프라이닝 사용"),
        References = ["RFC 9112 §9.3.2"],
    };

    private static readonly Phrase Says = new(
        "{pool}: {count|request|requests} did not wait for the answer to the one before, first {method} {target} ({frame}); {deepest} were outstanding at once at most.",
        "{pool}: 요청 {count}건이 앞 요청의 응답을 받기 전에 전송되었습니다. 처음은 {method} {target}({frame})이며, 동시에 최대 {deepest}건이 응답을 기다렸습니다.");

    private readonly ByPool<Pipelining> _pools = new();

    public override ExchangeTraits Exchanges => ExchangeTraits.Pipelined;

    public override void OnExchange(in ExchangeCase exchange, FindingList findings)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it.TunnelDepth == 0 && !exchange.IsPairGuessed && it.Request is { } request && !it.RequestTrace.Start.IsNone)
        {
            _pools.Of(exchange.Pool).Add(request, it.RequestTrace.Start, it.PipelineDepth);
        }
    }

    public override void Conclude(CaptureCase capture, FindingList findings)
    {
        foreach (var (pool, known) in _pools.InOrder)
        {
            findings.Add(new Finding
            {
                Rule = Card,
                Confidence = Confidence.Certain,
                Subject = FindingSubject.Of(pool.Name),
                Frames = [known.At],
                Measured =
                [
                    Measure.Words("pool", pool.Name.ToString()),
                    Measure.Words("method", known.Method),
                    Measure.Words("target", known.Target),
                    Measure.Count("count", known.Count),
                    Measure.Count("deepest", known.Deepest),
                    Measure.Frame("frame", known.At),
                ],
                Says = Says,
            });
        }
    }

    /// <summary>The first request that did not wait, and how many there were.</summary>
    private sealed class Pipelining
    {
        public string Method { get; private set; } = "";

        public string Target { get; private set; } = "";

        public PacketRef At { get; private set; }

        public long Count { get; private set; }

        public int Deepest { get; private set; }

        public void Add(RequestHead request, PacketRef at, int depth)
        {
            if (Count++ == 0)
            {
                (Method, Target, At) = (request.Method, request.Target, at);
            }

            Deepest = int.Max(Deepest, depth);
        }
    }
}
