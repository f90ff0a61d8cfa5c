using System.Globalization;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Ports;

/// <summary>Ports and TIME_WAIT for people: a line for each client and server, and what it leads to.</summary>
public sealed class PortText(TextWriter output, TextStyle style)
{
    private const int LabelWidth = 12;

    public void Write(PortStanding standing)
    {
        var (pool, use, forecast) = standing;
        output.WriteLine(style.Bold(pool.ToString()));
        Line("opened", Quantity.Count(use.Opened, "connection", "connections")
            + $"; left in TIME_WAIT: the client {Quantity.Count(use.Held)}, the server {Quantity.Count(use.HeldByServer)}");
        Line("taken", $"{Quantity.Count(forecast.Peak)} of {Quantity.Count(forecast.Limit)} ports at most "
            + $"({Quantity.Percent(forecast.Peak, forecast.Limit)}), at {Quantity.Time(forecast.PeakAt)}");
        if (forecast.Rate > 0)
        {
            Line("rate", RateOf(forecast));
        }

        var sentence = ForecastOf(standing);
        Line("forecast", forecast.Exhausted >= 0 ? style.Error(sentence) : sentence);
    }

    /// <summary>How fast ports are left in TIME_WAIT, and how fast they may be.</summary>
    public static string RateOf(PortForecast forecast) =>
        $"{Rate(forecast.Rate)} end in the client's TIME_WAIT; {Quantity.Count(forecast.Limit)} ports for "
        + $"{Quantity.Duration(forecast.TimeWait)} allow {Rate(forecast.MostRate)}";

    /// <summary>Where that leads.</summary>
    public static string ForecastOf(PortStanding standing) => standing.Forecast switch
    {
        { Rate: 0 } => standing.Use.HeldByServer > 0
            ? "the server closes first, and its TIME_WAIT takes none of the client's ports"
            : "no connection keeps a port of the client after its end",
        { Exhausted: >= 0 and var exhausted } => $"no port is free {Quantity.Duration(exhausted)} after the first connection at this rate",
        var forecast => $"at this rate {Quantity.Count(forecast.Steady)} ports stay taken ({Quantity.Percent(forecast.Steady, forecast.Limit)})",
    };

    public static string Rate(long thousandths) =>
        string.Create(CultureInfo.InvariantCulture, $"{thousandths / 1000m:0.#} a second");

    private void Line(string label, string text) => output.WriteLine("  " + style.Dim(label.PadRight(LabelWidth)) + text);
}
