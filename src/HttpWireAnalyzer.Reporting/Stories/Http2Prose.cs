using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using static HttpWireAnalyzer.Reporting.Stories.StoryWords;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What is told of HTTP/2 beside its messages, in English.</summary>
internal static class Http2Prose
{
    /// <summary>What a line about a stream begins with; nothing of HTTP/1.</summary>
    public static string Stream(in HttpExchange exchange) =>
        exchange.Stream == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"stream {exchange.Stream}  ");

    public static string Line(Http2Event frame) => frame.Kind switch
    {
        Http2EventKind.Preface => "HTTP/2 connection preface",
        Http2EventKind.Settings => "SETTINGS" + string.Concat(frame.Settings.Select(Setting)),
        Http2EventKind.Ping => "PING",
        Http2EventKind.PingAcknowledged => $"PING acknowledged  after {Quantity.Duration(frame.Value)}",
        Http2EventKind.Reset => string.Create(CultureInfo.InvariantCulture, $"stream {frame.Stream}  RST_STREAM  {Name(frame.Error)}"),
        Http2EventKind.GoAway => $"GOAWAY  last stream {Last(frame.Value)}  {Name(frame.Error)}",
        _ => throw new UnreachableException(),
    };

    public static string Of(Http2Record record)
    {
        var how = record.IsUpgraded ? "HTTP/2 after Upgrade: h2c"
            : record.Preface.IsNone ? "HTTP/2, its beginning not captured"
            : "HTTP/2 by prior knowledge";
        var limit = record.ConcurrentLimit < 0 ? "" : $" (the server allows {Quantity.Count(record.ConcurrentLimit)})";
        var text = $"{how}: {Quantity.Count(record.Streams, "stream", "streams")}, at most "
            + $"{Quantity.Count(record.MaxConcurrent)} at once{limit}";
        var ends = string.Join(", ", Counted(
            (record.Reset, "reset"), (record.Refused, "refused"), (record.Unfinished, "left unfinished"), (record.Pushed, "pushed")));
        var pings = record.ClientPings + record.ServerPings;
        return text + (ends.Length == 0 ? "" : "; " + ends)
            + (pings == 0 ? "" : $"; {Quantity.Count(pings, "PING", "PINGs")}"
                + (record.SlowestPing < 0 ? ", not acknowledged" : $", the slowest acknowledged after {Quantity.Duration(record.SlowestPing)}"))
            + ".";
    }

    public static string Of(GoAwaySent sent)
    {
        var refused = sent.Refused + sent.RefusedLater;
        var goOn = sent.LeftToGoOn == 0 ? "no stream was left to go on"
            : $"{Quantity.Count(sent.LeftToGoOn, "stream was", "streams were")} left to go on";
        var lost = refused == 0 ? "" : $"; {Quantity.Count(refused, "stream", "streams")} beyond it "
            + $"{(refused == 1 ? "was" : "were")} not processed and may be sent again, whatever the method";
        var late = sent.RefusedLater == 0 ? "" : $" ({Quantity.Count(sent.RefusedLater)} opened after it had passed)";
        return $"{Capital(StoryWords.Name(sent.Sender))} sent GOAWAY (last stream {Last(sent.Frame.LastStream)}, "
            + $"{Name(sent.Frame.Error)}): {goOn}{lost}{late}.";
    }

    /// <summary>As RFC 9113 §7 writes it.</summary>
    public static string Name(Http2ErrorCode code) => code switch
    {
        Http2ErrorCode.Other => "a code without a name",
        Http2ErrorCode.Http11Required => "HTTP_1_1_REQUIRED",
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
