using HttpWireAnalyzer.Analysis.Pools;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The record of type "pool".</summary>
public static class PoolFields
{
    public static readonly FieldSet Set = new("pool");

    private static readonly Field Id = Set.Add("pool.id", Number, "Number of the pool, from 0 in order of the first packet");
    private static readonly Field Client = Set.Add("pool.client", FieldKind.Address, "Address of the client");
    private static readonly Field ServerAddress = Set.Add("pool.server.address", FieldKind.Address, "Who was connected to");
    private static readonly Field ServerPort = Set.Add("pool.server.port", Number, "TCP port");
    private static readonly Field Hosts = Set.Add("pool.hosts", FieldKind.List, "Values of Host in its requests, the first 8");
    private static readonly Field MoreHosts = Set.Add("pool.hosts.more", Flag, "true where there were more");
    private static readonly Field Sharded = Set.Add("pool.sharded_domains", FieldKind.List, "Domains of these hosts under several names of which the client had connections open at once; absent without any");
    private static readonly Field Start = Set.Add("pool.start", Time, "First packet");
    private static readonly Field End = Set.Add("pool.end", Time, "Last packet");
    private static readonly Field FrameFirst = Set.Add("pool.frame.first", Number, "First packet, counted from 1 over all files");
    private static readonly Field FrameLast = Set.Add("pool.frame.last", Number, "Last packet");
    private static readonly Field Connections = Set.Add("pool.connections", Number, "TCP connections");
    private static readonly Field WithRequests = Set.Add("pool.connections.http", Number, "Those that carried an HTTP/1 request");
    private static readonly Field Midstream = Set.Add("pool.connections.midstream", Number, "Those whose opening was not captured: assumed open from their first packet; absent when 0");
    private static readonly Field NeverOpened = Set.Add("pool.connections.never_opened", Number, "Those that were refused or not answered; absent when 0");
    private static readonly LevelFields Open = new(Set, "open", "open: both ends ESTABLISHED, no FIN or RST yet");
    private static readonly LevelFields Busy = new(Set, "busy", "busy: open, with an exchange outstanding or HTTP left");
    private static readonly LevelFields Idle = new(Set, "idle", "idle: open, and not busy");
    private static readonly Field ParallelMax = Set.Add("pool.parallel.max", Number, "Most connections open at once from this client to this server address, over all its ports (RFC 9112 §9.4; browsers 6 to 8)");
    private static readonly Field Exchanges = Set.Add("pool.exchanges", Number, "Exchanges that have a request, but for those inside tunnels");
    private static readonly Field Cold = Set.Add("pool.exchanges.cold", Number, "First ones of connections whose opening was captured");
    private static readonly Field ReuseRatio = Set.Add("pool.reuse_ratio", Ratio, "Exchanges that found their connection open, of all: (exchanges - exchanges.cold) / exchanges");
    private static readonly Field PerMin = Set.Add("pool.exchanges_per_connection.min", Number, "Fewest on a connection that carried any");
    private static readonly Field PerMean = Set.Add("pool.exchanges_per_connection.avg", Mean, "Mean over those connections");
    private static readonly Field PerMax = Set.Add("pool.exchanges_per_connection.max", Number, "Most");
    private static readonly Field AgeMin = Set.Add("pool.age.min", Duration, "First packet of a connection to its first FIN or RST, or its last packet: the shortest of those that opened");
    private static readonly Field AgeMean = Set.Add("pool.age.avg", Duration, "The mean");
    private static readonly Field AgeMedian = Set.Add("pool.age.p50", Duration, "The median, to within 3 %");
    private static readonly Field AgeMax = Set.Add("pool.age.max", Duration, "The longest");
    private static readonly Field IdleBefore = Set.Add("pool.idle_before_reuse.max", Duration, "Longest idle time after which a connection carried another request that was answered");
    private static readonly Field IdleBeforeFrame = Set.Add("pool.idle_before_reuse.frame", Number, "The request that ended it");
    private static readonly Field ByClient = Set.Add("pool.closed_by.client", Number, "Connections whose first FIN was the client's");
    private static readonly Field ByServer = Set.Add("pool.closed_by.server", Number, "The same of the server");
    private static readonly Field ByBoth = Set.Add("pool.closed_by.both", Number, "Those whose FINs crossed");
    private static readonly Field ByReset = Set.Add("pool.closed_by.rst", Number, "Those that ended with a RST and no FIN before it");
    private static readonly Field LeftOpen = Set.Add("pool.left_open", Number, "Those with neither FIN nor RST");
    private static readonly Field ConnectTime = Set.Add("pool.connect_time", Duration, "All handshakes together, SYN to ACK, repeats included");
    private static readonly Field ClientTimeWait = Set.Add("pool.time_wait.client", Number, "Connections that left the client in TIME-WAIT, which no RST ended");
    private static readonly Field ServerTimeWait = Set.Add("pool.time_wait.server", Number, "The same of the server");
    private static readonly Field Failed = Set.Add("pool.failed", Number, "Exchanges unanswered, cut off, or answered with 502, 503 or 504");
    private static readonly Field Retries = Set.Add("pool.retries", Number, "Exchanges that repeat a failed one: see exchange.retry_of");
    private static readonly Field UnsafeRetries = Set.Add("pool.retries.unsafe", Number, "Those of a method that is not idempotent (RFC 9110 §9.2.2)");
    private static readonly Field Step = Set.Add("pool.time_line.step", Duration, "What each part of the time line lasts; the first begins with the first packet");
    private static readonly Field OpenLine = Set.Add("pool.time_line.open", FieldKind.Numbers, "Most connections open in each part");
    private static readonly Field BusyLine = Set.Add("pool.time_line.busy", FieldKind.Numbers, "Most connections busy in each part");

    public static void Write(PoolRecord pool, FieldSink sink)
    {
        WriteEnds(pool, sink);
        WriteConnections(pool.Connections, sink);
        Open.Write(pool.Occupancy.Open, sink);
        Busy.Write(pool.Occupancy.Busy, sink);
        Idle.Write(pool.Occupancy.Idle, sink);
        sink.Number(ParallelMax, pool.MaxToAddress);
        WriteExchanges(pool, sink);
        WriteAges(pool, sink);
        WriteClosers(pool.Connections, sink);
        sink.Number(Failed, pool.Exchanges.Failed);
        sink.Number(Retries, pool.Exchanges.Retries);
        sink.Number(UnsafeRetries, pool.Exchanges.UnsafeRetries);
        if (pool.Occupancy.Open.Max > 0)
        {
            sink.Duration(Step, pool.Occupancy.TimeLine.Step);
            WriteLine(OpenLine, pool.Occupancy.TimeLine.Open, sink);
            WriteLine(BusyLine, pool.Occupancy.TimeLine.Busy, sink);
        }
    }

    private static void WriteEnds(PoolRecord pool, FieldSink sink)
    {
        sink.Number(Id, pool.Id);
        sink.Address(Client, pool.Client);
        sink.Address(ServerAddress, pool.Server.Address);
        sink.Number(ServerPort, pool.Server.Port);
        sink.Wire(Hosts, [.. pool.Hosts]);
        sink.FlagIfSet(MoreHosts, pool.HasMoreHosts);
        if (pool.ShardedDomains.Count > 0)
        {
            sink.Wire(Sharded, [.. pool.ShardedDomains]);
        }

        sink.Time(Start, pool.First.Time);
        sink.Time(End, pool.Last.Time);
        sink.Packet(FrameFirst, pool.First);
        sink.Packet(FrameLast, pool.Last);
    }

    private static void WriteConnections(PoolConnections connections, FieldSink sink)
    {
        sink.Number(Connections, connections.Total);
        sink.Number(WithRequests, connections.WithRequests);
        sink.NumberIfAny(Midstream, connections.Midstream);
        sink.NumberIfAny(NeverOpened, connections.NeverOpened);
    }

    private static void WriteExchanges(PoolRecord pool, FieldSink sink)
    {
        var exchanges = pool.Exchanges;
        sink.Number(Exchanges, exchanges.Total);
        sink.Number(Cold, exchanges.Cold);
        sink.RatioIfAny(ReuseRatio, exchanges.Reusing, exchanges.Total);
        if (exchanges.Total > 0)
        {
            sink.Number(PerMin, exchanges.FewestOfConnection);
            sink.MeanIfKnown(PerMean, exchanges.MeanOfConnection(pool.Connections.WithRequests));
            sink.Number(PerMax, exchanges.MostOfConnection);
        }
    }

    private static void WriteAges(PoolRecord pool, FieldSink sink)
    {
        var age = pool.Connections.Age;
        sink.DurationIfKnown(AgeMin, age.Min);
        sink.DurationIfKnown(AgeMean, age.Mean);
        sink.DurationIfKnown(AgeMedian, age.Median);
        sink.DurationIfKnown(AgeMax, age.Max);
        sink.DurationIfKnown(IdleBefore, pool.Exchanges.MaxIdleBefore);
        sink.Packet(IdleBeforeFrame, pool.Exchanges.MaxIdleBeforeAt);
    }

    private static void WriteClosers(PoolConnections connections, FieldSink sink)
    {
        sink.Number(ByClient, connections.ClosedByClient);
        sink.Number(ByServer, connections.ClosedByServer);
        sink.Number(ByBoth, connections.ClosedByBoth);
        sink.Number(ByReset, connections.Reset);
        sink.Number(LeftOpen, connections.LeftOpen);
        sink.Duration(ConnectTime, connections.ConnectTime);
        sink.Number(ClientTimeWait, connections.ClientTimeWaits);
        sink.Number(ServerTimeWait, connections.ServerTimeWaits);
    }

    private static void WriteLine(Field field, IReadOnlyList<int> counts, FieldSink sink)
    {
        if (sink.Wants(field))
        {
            sink.Numbers(field, [.. counts.Select(count => (long)count)]);
        }
    }

    /// <summary>The fields of one of the three counts.</summary>
    private sealed class LevelFields(FieldSet set, string name, string meaning)
    {
        private readonly Field _max = set.Add($"pool.{name}.max", Number, $"Most connections at once that were {meaning}");
        private readonly Field _frame = set.Add($"pool.{name}.max_frame", Number, "The packet with which that was first reached; absent where it is 0");
        private readonly Field _mean = set.Add($"pool.{name}.avg", Mean, "Mean over the time from the pool's first packet to its last");

        public void Write(in LevelRecord level, FieldSink sink)
        {
            sink.Number(_max, level.Max);
            sink.Packet(_frame, level.MaxAt);
            sink.MeanIfKnown(_mean, level.Mean);
        }
    }
}
