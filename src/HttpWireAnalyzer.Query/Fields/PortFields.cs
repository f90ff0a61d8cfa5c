using HttpWireAnalyzer.Findings.Ports;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The record of type "port": what one client's connections to one server endpoint take of its ports.</summary>
public static class PortFields
{
    public static readonly FieldSet Set = new("port");

    private static readonly Field Client = Set.Add("port.client", FieldKind.Address, "Address of the client, whose ports they are");
    private static readonly Field ServerAddress = Set.Add("port.server.address", FieldKind.Address, "Who was connected to: a port that is taken for one server is free for another");
    private static readonly Field ServerPort = Set.Add("port.server.port", Number, "TCP port");
    private static readonly Field Opened = Set.Add("port.opened", Number, "Connections that were opened, or tried");
    private static readonly Field HeldByClient = Set.Add("port.time_wait.client", Number, "Those that left the client in TIME-WAIT, which no RST ended");
    private static readonly Field HeldByServer = Set.Add("port.time_wait.server", Number, "Those that left the server in TIME-WAIT, which no RST ended: they take no port of the client");
    private static readonly Field Rate = Set.Add("port.rate", Mean, "Connections a second that end in the client's TIME-WAIT, of those that began in the busiest ten seconds; 0 where these are fewer than five");
    private static readonly Field MostRate = Set.Add("port.rate.limit", Mean, "As many a second as the ports allow: port.limit / port.time_wait.length");
    private static readonly Field Peak = Set.Add("port.taken.max", Number, "Ports taken at once, at most: open or in TIME-WAIT");
    private static readonly Field PeakAt = Set.Add("port.taken.time", Time, "When");
    private static readonly Field Steady = Set.Add("port.taken.forecast", Number, "Ports that port.rate keeps taken once it has lasted for a TIME-WAIT");
    private static readonly Field Limit = Set.Add("port.limit", Number, "Ports that there are, by the profile");
    private static readonly Field Length = Set.Add("port.time_wait.length", Duration, "How long TIME-WAIT lasts, by the profile");
    private static readonly Field Utilisation = Set.Add("port.utilisation", Ratio, "The worse of port.taken.max and port.taken.forecast, of port.limit; may be above 1");
    private static readonly Field Exhausted = Set.Add("port.exhausted_after", Duration, "From the first connection at port.rate until no port is free; absent where that never happens");
    private static readonly Field Step = Set.Add("port.time_line.step", Duration, "What each part of the time line lasts");
    private static readonly Field OpenLine = Set.Add("port.time_line.open", FieldKind.Numbers, "Connections open at the end of each part");
    private static readonly Field WaitingLine = Set.Add("port.time_line.time_wait", FieldKind.Numbers, "Ports in TIME-WAIT at the end of each part");

    public static void Write(PortStanding standing, FieldSink sink)
    {
        var (pool, use, forecast) = standing;
        sink.Address(Client, pool.Client);
        sink.Address(ServerAddress, pool.Server.Address);
        sink.Number(ServerPort, pool.Server.Port);
        sink.Number(Opened, use.Opened);
        sink.Number(HeldByClient, use.Held);
        sink.Number(HeldByServer, use.HeldByServer);
        sink.MeanIfKnown(Rate, forecast.Rate * 10);
        sink.MeanIfKnown(MostRate, forecast.MostRate * 10);
        sink.Number(Peak, forecast.Peak);
        sink.Time(PeakAt, forecast.PeakAt);
        sink.Number(Steady, forecast.Steady);
        sink.Number(Limit, forecast.Limit);
        sink.Duration(Length, forecast.TimeWait);
        sink.RatioIfAny(Utilisation, forecast.Utilisation, 1000);
        sink.DurationIfKnown(Exhausted, forecast.Exhausted);
        if (sink.Wants(OpenLine) || sink.Wants(WaitingLine))
        {
            var course = use.Course();
            sink.Duration(Step, course.Step);
            sink.Numbers(OpenLine, [.. course.Moments.Select(moment => moment.Open)]);
            sink.Numbers(WaitingLine, [.. course.Moments.Select(moment => moment.Waiting)]);
        }
    }
}
