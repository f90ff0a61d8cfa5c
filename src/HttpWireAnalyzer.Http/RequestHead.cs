using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace HttpWireAnalyzer.Http;

/// <summary>The head of a request, parsed once; equal heads share one object.</summary>
public sealed class RequestHead : MessageHead
{
    private BodyFraming _framing;
    private bool _isPlain;

    /// <summary>The two before it are set.</summary>
    private bool _isJudged;

    /// <summary>The response that was asked about last: an endpoint's answers are alike, and share their heads.</summary>
    private ResponseHead? _answer;
    private AnswerRules _answerRules;

    public RequestHead()
    {
    }

    [SetsRequiredMembers]
    internal RequestHead(scoped in RequestLine line, ReadOnlySpan<byte> octets, FieldReading fields)
        : base(line.Version, octets, fields)
    {
        Method = StartLine.KnownMethod(line.Method) ?? Encoding.Latin1.GetString(line.Method);
        Target = line.Target is [(byte)'/'] ? "/" : Encoding.Latin1.GetString(line.Target);
        Host = fields.Host;
        ExpectsContinue = fields.ExpectsContinue;
        IsIdempotent = IsIdempotentMethod(Method);
    }

    /// <summary>As sent: case matters (RFC 9110 §9.1).</summary>
    public required string Method { get; init; }

    /// <summary>As sent, Latin-1: origin, absolute, authority or asterisk form (RFC 9112 §3.2).</summary>
    public required string Target { get; init; }

    /// <summary>The Host field; null without one.</summary>
    public required string? Host { get; init; }

    /// <summary>RFC 9110 §9.2.2: GET, HEAD, PUT, DELETE, OPTIONS, TRACE.</summary>
    public required bool IsIdempotent { get; init; }

    /// <summary>Expect: 100-continue (RFC 9110 §10.1.1).</summary>
    public required bool ExpectsContinue { get; init; }

    internal static bool IsIdempotentMethod(string method) => method is "GET" or "HEAD" or "PUT" or "DELETE" or "OPTIONS" or "TRACE";

    /// <summary>A request's framing depends on nothing but its head.</summary>
    internal BodyFraming Framing
    {
        get
        {
            if (!_isJudged)
            {
                Judge();
            }

            return _framing;
        }
    }

    /// <summary>Clean, with a version, and the message ends with it.</summary>
    internal bool IsPlain
    {
        get
        {
            if (!_isJudged)
            {
                Judge();
            }

            return _isPlain;
        }
    }

    /// <summary>What the two heads say together. Good until it is asked about another response.</summary>
    internal ref readonly AnswerRules RulesOf(ResponseHead response)
    {
        if (!ReferenceEquals(_answer, response))
        {
            Judge(response);
        }

        return ref _answerRules;
    }

    private void Judge()
    {
        _framing = BodyFraming.Decide(this);
        _isPlain = Anomalies == HttpAnomalies.None && Version != HttpVersion.Http09 && _framing.EndsWithHead;
        _isJudged = true;
    }

    private void Judge(ResponseHead response)
    {
        var framing = BodyFraming.Decide(this, response);
        _answerRules = new AnswerRules(framing, PersistenceRules.Decide(this, response, framing.Rule));
        _answer = response;
    }
}

/// <summary>What follows from the heads of a request and its response, whole exchanges being meant.</summary>
/// <param name="Framing">Of the response's body (RFC 9112 §6.3).</param>
/// <param name="Persistence">Of the connection, after it (RFC 9112 §9.3).</param>
internal readonly record struct AnswerRules(BodyFraming Framing, Persistence Persistence);

/// <summary>The head of a response, parsed once; equal heads share one object.</summary>
public sealed class ResponseHead : MessageHead
{
    public const int FirstGatewayError = 502;
    public const int LastGatewayError = 504;

    public ResponseHead()
    {
    }

    [SetsRequiredMembers]
    internal ResponseHead(
        HttpVersion version, int status, string reason, ReadOnlySpan<byte> octets, FieldReading fields)
        : base(version, octets, fields)
    {
        Status = status;
        Reason = reason;
    }

    /// <summary>Three digits: 100 to 999; 0 for an HTTP/0.9 response, which has none, and for a status line that has no three.</summary>
    public required int Status { get; init; }

    public required string Reason { get; init; }

    /// <summary>What a gateway answers where the server behind it does not: 502, 503 or 504 (RFC 9110 §15.6.3 to §15.6.5).</summary>
    public bool IsGatewayError => Status is >= FirstGatewayError and <= LastGatewayError;

    /// <summary>Clean, and final.</summary>
    internal bool IsPlain => Anomalies == HttpAnomalies.None && Status >= 200;
}
