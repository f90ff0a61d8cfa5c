using System.Globalization;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Reporting.Ports;

/// <summary>Ports and TIME_WAIT for people: a line for each client and server, and what it leads to.</summary>
public sealed class PortText(TextWriter output, TextStyle style, Language language)
{
    private const int LabelWidth = 12;

    public void Write(PortStanding standing)
    {
        var (pool, use, forecast) = standing;
        output.WriteLine(style.Bold(pool.ToString()));
        var (opened, held, byServer) = (Quantity.Count(use.Opened), Quantity.Count(use.Held), Quantity.Count(use.HeldByServer));
        Line(language.Say("opened", "열림"), language.Say(
            $"{Quantity.Count(use.Opened, "connection", "connections")}; left in TIME_WAIT: the client {held}, the server {byServer}",
            $"연결 {opened}개; TIME_WAIT에 남은 쪽: 클라이언트 {held}, 서버 {byServer}"));
        var (peak, limit) = (Quantity.Count(forecast.Peak), Quantity.Count(forecast.Limit));
        var (share, at) = (Quantity.Percent(forecast.Peak, forecast.Limit), Quantity.Time(forecast.PeakAt));
        Line(language.Say("taken", "쓰임"), language.Say(
            $"{peak} of {limit} ports at most ({share}), at {at}",
            $"포트 {limit}개 중 많을 때 {peak}개({share}), {at}"));
        if (forecast.Rate > 0)
        {
            Line(language.Say("rate", "속도"), RateOf(forecast, language));
        }

        var sentence = ForecastOf(standing, language);
        Line(language.Say("forecast", "예측"), forecast.Exhausted >= 0 ? style.Error(sentence) : sentence);
    }

    /// <summary>How fast ports are left in TIME_WAIT, and how fast they may be.</summary>
    public static string RateOf(PortForecast forecast, Language language)
    {
        var (rate, most) = (Rate(forecast.Rate, language), Rate(forecast.MostRate, language));
        var (limit, wait) = (Quantity.Count(forecast.Limit), Quantity.Duration(forecast.TimeWait));
        return language.Say(
            $"{rate} end in the client's TIME_WAIT; {limit} ports for {wait} allow {most}",
            $"클라이언트의 TIME_WAIT로 끝나는 연결이 {rate}; 포트 {limit}개를 {wait}씩 쓰면 {most}까지");
    }

    /// <summary>Where that leads.</summary>
    public static string ForecastOf(PortStanding standing, Language language) => standing.Forecast switch
    {
        { Rate: 0 } when standing.Use.Held > 0 => language.Say(
            "too few connections end in the client's TIME_WAIT to tell where they lead",
            "클라이언트의 TIME_WAIT로 끝나는 연결이 적어 예측할 수 없습니다"),
        { Rate: 0 } => standing.Use.HeldByServer > 0
            ? language.Say(
                "the server closes first, and its TIME_WAIT takes none of the client's ports",
                "서버가 먼저 닫고, 그 TIME_WAIT는 클라이언트의 포트를 쓰지 않습니다")
            : standing.Use.LeftOpen is > 0 and var open
            ? language.Say(
                open == 1
                    ? "1 connection was still open when the capture ended, and keeps its port"
                    : $"{Quantity.Count(open)} connections were still open when the capture ended, and keep their ports",
                $"캡처가 끝날 때 연결 {Quantity.Count(open)}개가 아직 열려 있어 포트를 쓰고 있습니다")
            : language.Say(
                "no connection keeps a port of the client after its end",
                "끝난 뒤에도 클라이언트의 포트를 잡아 두는 연결이 없습니다"),
        { Exhausted: >= 0 and var exhausted } => language.Say(
            $"no port is free {Quantity.Duration(exhausted)} after the first connection at this rate",
            $"이 속도면 첫 연결에서 {Quantity.Duration(exhausted)} 뒤에 빈 포트가 없습니다"),
        var forecast => language.Say(
            $"at this rate {Quantity.Count(forecast.Steady)} ports stay taken ({Quantity.Percent(forecast.Steady, forecast.Limit)})",
            $"이 속도면 포트 {Quantity.Count(forecast.Steady)}개가 계속 쓰입니다({Quantity.Percent(forecast.Steady, forecast.Limit)})"),
    };

    private static string Rate(long thousandths, Language language)
    {
        var number = (thousandths / 1000m).ToString("0.#", CultureInfo.InvariantCulture);
        return language.Say($"{number} a second", $"초당 {number}개");
    }

    private void Line(string label, string text) => output.WriteLine("  " + style.Dim(label + GlyphWidth.Blanks(label, LabelWidth)) + text);
}
