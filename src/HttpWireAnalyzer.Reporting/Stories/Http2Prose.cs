using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What is told of HTTP/2 beside its messages.</summary>
internal sealed class Http2Prose(Language language)
{
    /// <summary>What a line about a stream begins with; nothing of HTTP/1.</summary>
    public string Stream(in HttpExchange exchange) => exchange.Stream == 0 ? "" : Stream(exchange.Stream) + "  ";

    public string Line(Http2Event frame) => frame.Kind switch
    {
        Http2EventKind.Preface => language.Say("HTTP/2 connection preface", "HTTP/2 연결 프리페이스"),
        Http2EventKind.Settings => "SETTINGS" + string.Concat(frame.Settings.Select(Setting)),
        Http2EventKind.Ping => "PING",
        Http2EventKind.PingAcknowledged => language.Say(
            $"PING acknowledged  after {Quantity.Duration(frame.Value)}",
            $"PING 확인 응답  {Quantity.Duration(frame.Value)} 뒤"),
        Http2EventKind.Reset => $"{Stream(frame.Stream)}  RST_STREAM  {Name(frame.Error)}",
        Http2EventKind.GoAway => language.Say("GOAWAY  last stream ", "GOAWAY  마지막 스트림 ") + $"{Last(frame.Value)}  {Name(frame.Error)}",
        Http2EventKind.Http1Answer => language.Say(
            $"{Http1((int)frame.Value)}  the server does not speak HTTP/2",
            $"{Http1((int)frame.Value)}  서버가 HTTP/2를 지원하지 않음"),
        _ => throw new UnreachableException(),
    };

    private static string Http1(int status) => status == 0
        ? "HTTP/1"
        : string.Create(CultureInfo.InvariantCulture, $"HTTP/1 {status}");

    public string Of(Http2Record record)
    {
        if (record.Http1Answer is { } answer)
        {
            return language.Say(
                $"The client began with HTTP/2 ({Frame(record.Preface)}), and the server does not speak it here: it answered {Http1(answer.Status)} ({Frame(answer.At)}).",
                $"클라이언트는 HTTP/2로 시작했지만({Frame(record.Preface)}) 서버가 여기서 HTTP/2를 지원하지 않아 {Http1(answer.Status)}로 응답했습니다({Frame(answer.At)}).");
        }

        var how = record.IsUpgraded ? language.Say("HTTP/2 after Upgrade: h2c", "Upgrade: h2c로 시작한 HTTP/2")
            : record.Preface.IsNone ? language.Say("HTTP/2, its beginning not captured", "HTTP/2, 시작은 캡처되지 않음")
            : language.Say("HTTP/2 by prior knowledge", "사전 지식(prior knowledge)으로 시작한 HTTP/2");
        var limit = record.ConcurrentLimit < 0 ? "" : language.Say(
            $" (the server allows {Quantity.Count(record.ConcurrentLimit)})",
            $"(서버 허용 {Quantity.Count(record.ConcurrentLimit)}개)");
        var ends = string.Join(", ", language.Counted(
            (record.Reset, "reset", "리셋됨"),
            (record.Refused, "refused", "거부됨"),
            (record.Unfinished, "left unfinished", "끝나지 않음"),
            (record.Pushed, "pushed", "푸시됨")));
        return language.Say(
            $"{how}: {Quantity.Count(record.Streams, "stream", "streams")}, at most {Quantity.Count(record.MaxConcurrent)} at once{limit}",
            $"{how}: 스트림 {Quantity.Count(record.Streams)}개, 한 번에 최대 {Quantity.Count(record.MaxConcurrent)}개{limit}")
            + (ends.Length == 0 ? "" : "; " + ends) + Pings(record) + ".";
    }

    public string Of(GoAwaySent sent)
    {
        var refused = sent.Refused + sent.RefusedLater;
        var goOn = sent.LeftToGoOn == 0
            ? language.Say("no stream was left to go on", "계속될 스트림이 남지 않았습니다")
            : language.Say(
                $"{Quantity.Count(sent.LeftToGoOn, "stream was", "streams were")} left to go on",
                $"스트림 {Quantity.Count(sent.LeftToGoOn)}개가 계속되도록 남았습니다");
        var lost = refused == 0 ? "" : language.Say(
            $"; {Quantity.Count(refused, "stream", "streams")} beyond it {(refused == 1 ? "was" : "were")} not processed and may be sent again, whatever the method",
            $". 그보다 큰 스트림 {Quantity.Count(refused)}개는 처리되지 않았으므로 메서드와 관계없이 다시 보낼 수 있습니다");
        var late = sent.RefusedLater == 0 ? "" : language.Say(
            $" ({Quantity.Count(sent.RefusedLater)} opened after it had passed)",
            $"({Quantity.Count(sent.RefusedLater)}개는 GOAWAY가 지나간 뒤에 열림)");
        var (who, last, error) = (language.Name(sent.Sender), Last(sent.Frame.LastStream), Name(sent.Frame.Error));
        error += sent.Frame.DebugData is { } said ? $": \"{PrintableText.OfWire(said)}\"" : "";
        return language.Say(
            $"{Capital(who)} sent GOAWAY (last stream {last}, {error}): {goOn}{lost}{late}.",
            $"{who}가 GOAWAY를 보냈습니다(마지막 스트림 {last}, {error}): {goOn}{lost}{late}.");
    }

    private string Pings(Http2Record record)
    {
        var pings = record.ClientPings + record.ServerPings;
        return pings == 0 ? ""
            : language.Say($"; {Quantity.Count(pings, "PING", "PINGs")}", $"; PING {Quantity.Count(pings)}개")
                + (record.SlowestPing < 0
                    ? language.Say(", not acknowledged", ", 확인 응답 없음")
                    : language.Say(
                        $", the slowest acknowledged after {Quantity.Duration(record.SlowestPing)}",
                        $", 가장 늦은 확인 응답 {Quantity.Duration(record.SlowestPing)} 뒤"));
    }

    private string Stream(long stream) => language.Say(
        string.Create(CultureInfo.InvariantCulture, $"stream {stream}"),
        string.Create(CultureInfo.InvariantCulture, $"스트림 {stream}"));

    /// <summary>As RFC 9113 §7 writes it.</summary>
    public string Name(Http2ErrorCode code) => code switch
    {
        Http2ErrorCode.Other => language.Say("a code without a name", "이름 없는 코드"),
        _ => Words.Http2ErrorCodes[(int)code].Text.ToUpperInvariant(),
    };

    private static string Last(long stream) =>
        stream == int.MaxValue ? "2^31-1" : stream.ToString(CultureInfo.InvariantCulture);

    private static string Setting((Http2SettingKind Kind, uint Value) setting)
    {
        var name = setting.Kind switch
        {
            Http2SettingKind.HeaderTableSize => "table",
            Http2SettingKind.EnablePush => "push",
            Http2SettingKind.MaxConcurrentStreams => "streams",
            Http2SettingKind.InitialWindowSize => "window",
            Http2SettingKind.MaxFrameSize => "frame",
            Http2SettingKind.MaxHeaderListSize => "fields",
            Http2SettingKind.EnableConnectProtocol => "connect",
            _ => throw new UnreachableException(),
        };
        return string.Create(CultureInfo.InvariantCulture, $"  {name} {setting.Value}");
    }
}
