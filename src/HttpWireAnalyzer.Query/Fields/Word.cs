using System.Text;
using System.Text.Json;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>A member of a closed set, as it is written everywhere: made once.</summary>
public sealed class Word
{
    /// <param name="spellings">What a filter takes for it too.</param>
    internal Word(string text, params string[] spellings)
    {
        Text = text;
        Spellings = spellings;
        Quoted = new ReadyOctets([.. "\""u8, .. JsonEncodedText.Encode(text).EncodedUtf8Bytes, .. "\""u8]);
    }

    public string Text { get; }

    internal IReadOnlyList<string> Spellings { get; }

    /// <summary>Large or small, with - or _: TIME-WAIT is the RFC's and TIME_WAIT ours.</summary>
    internal bool IsSpelt(string given) => Same(Text, given) || Spellings.Any(spelling => Same(spelling, given));

    private static bool Same(string one, string other) =>
        one.Replace('-', '_').Equals(other.Replace('-', '_'), StringComparison.OrdinalIgnoreCase);

    /// <summary>As a JSON string.</summary>
    internal ReadyOctets Quoted { get; }
}

/// <summary>The words of every closed set, by the member's value. A member's name in snake_case is its word.</summary>
internal static class Words
{
    public static readonly Word[] Sides = Of<Side>();
    public static readonly Word[] Versions = [new("0.9"), new("1.0"), new("1.1"), new("2")];
    public static readonly Word[] MessageKinds = Of<MessageKind>();
    public static readonly Word[] CloseReasons = Of<CloseReason>();
    public static readonly Word[] CloseManners = Of<CloseManner>();
    public static readonly Word[] Vantages = Of<Vantage>();
    public static readonly Word[] Protocols = Of<ApplicationProtocol>();
    public static readonly Word[] MaxMeanings = Of<KeepAliveMaxMeaning>();
    public static readonly Word[] Verdicts = Of<PersistenceVerdict>();
    public static readonly Word[] PersistenceRules = Of<PersistenceRule>();
    public static readonly Word[] ExchangeEnds = Of<ExchangeEnd>();
    public static readonly Word[] Failures = Of<ExchangeFailure>();

    /// <summary>RFC 9113 §7's names.</summary>
    public static readonly Word[] Http2ErrorCodes =
        [.. Enum.GetValues<Http2ErrorCode>().Select(code => code == Http2ErrorCode.Http11Required
            ? new Word("http_1_1_required", "http11_required")
            : new Word(SnakeCase(code.ToString())))];

    public static readonly Word[] Pairings = Of<PairingConfidence>();
    public static readonly Word[] BodyRules = Of<BodyRule>();
    public static readonly Word[] Tunnels = Of<TunnelKind>();
    public static readonly Word[] Bases = Of<StateBasis>();
    public static readonly Word[] Remarks = Of<TcpRemarkKind>();
    public static readonly Word[] Marks =
        [.. Enum.GetNames<SegmentMarks>().Skip(1).Select(name => new Word(SnakeCase(name)))];

    public static readonly Word[] WebSocketRules = Of<WebSocketRule>();
    public static readonly Word[] Severities = Of<Severity>();
    public static readonly Word[] Confidences = Of<Confidence>();
    public static readonly Word[] WhyClosed = Of<WhyClosed>();
    public static readonly Word[] FileRemarks = Of<CaptureRemarkKind>();
    public static readonly Word[] ZeekStates =
        [.. Enum.GetNames<ZeekState>().Select(name => new Word(name))];

    /// <summary>RFC 9293's names, with the underscores that netstat and ss made usual, and what else those call them.</summary>
    public static readonly Word[] TcpStates =
    [
        new("UNKNOWN"), new("SYN_SENT"), new("SYN_RECEIVED", "SYN_RCVD", "SYN_RECV"), new("ESTABLISHED", "ESTAB"), new("FIN_WAIT_1", "FIN_WAIT1"),
        new("FIN_WAIT_2", "FIN_WAIT2"), new("CLOSE_WAIT"), new("CLOSING"), new("LAST_ACK"), new("TIME_WAIT"), new("CLOSED"),
    ];

    public static readonly Word Both = new("both");
    public static readonly Word Ipv4 = new("ipv4");
    public static readonly Word Ipv6 = new("ipv6");
    public static readonly Word Http = new("http");
    public static readonly Word[] Families = [Ipv4, Ipv6];

    /// <summary>In the order of their bits.</summary>
    public static readonly Word[] AllAnomalies =
        [.. Enum.GetNames<HttpAnomalies>().Where(name => name != nameof(HttpAnomalies.None)).Select(name => new Word(SnakeCase(name)))];

    private static readonly HttpAnomalies[] AnomalyBits =
        [.. Enum.GetValues<HttpAnomalies>().Where(bit => bit != HttpAnomalies.None)];

    public static Word[] Anomalies(HttpAnomalies anomalies) =>
        [.. AllAnomalies.Where((_, place) => (anomalies & AnomalyBits[place]) != 0)];

    public static Word[] RemarkKinds(uint bits) =>
        [.. Remarks.Where((_, kind) => (bits >> kind & 1) != 0)];

    public static Word Family(Address address) => address.IsIpv4 ? Ipv4 : Ipv6;

    /// <summary>Version number as in a start line: 1.1; null for one that is not known.</summary>
    public static Word? Version(HttpVersion version) => version switch
    {
        HttpVersion.Http09 => Versions[0],
        HttpVersion.Http10 => Versions[1],
        HttpVersion.Http11 => Versions[2],
        HttpVersion.Http2 => Versions[3],
        _ => null,
    };

    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    public static Word[] Of<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>().Select(name => new Word(SnakeCase(name)))];
}
