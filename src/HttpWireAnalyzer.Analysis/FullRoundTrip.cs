namespace HttpWireAnalyzer.Analysis;

/// <summary>
/// The round trip between the ends, as the sum of the two that the tap sees: to the server and back, to the client and
/// back. Nanoseconds; -1 where one of them is not known.
/// </summary>
/// <param name="Percentile95">Of the two at once, which they need not have been: not more than this. So with Most.</param>
public readonly record struct FullRoundTrip(long Least, long Average, long Most, long Percentile95)
{
    private static readonly FullRoundTrip Unknown = new(-1, -1, -1, -1);

    public static FullRoundTrip Of(ConnectionRecord connection)
    {
        // What the client sent is answered by the server, and the other way round.
        var toServer = connection.Tcp.ClientEnd.Diagnosis.RoundTrips;
        var toClient = connection.Tcp.ServerEnd.Diagnosis.RoundTrips;
        return toServer.Samples == 0 || toClient.Samples == 0
            ? Unknown
            : new FullRoundTrip(
                toServer.Least + toClient.Least,
                toServer.Average + toClient.Average,
                toServer.Most + toClient.Most,
                toServer.Percentile95 < 0 || toClient.Percentile95 < 0 ? -1 : toServer.Percentile95 + toClient.Percentile95);
    }
}
