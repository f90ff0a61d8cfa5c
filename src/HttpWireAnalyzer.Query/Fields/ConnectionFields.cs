using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Ip;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The record of type "conn".</summary>
public static class ConnectionFields
{
    public static readonly FieldSet Set = new("conn");

    private static readonly Field Id = Set.Add("conn.id", Number, "Number of the connection, from 0 in order of the first packet (Wireshark's tcp.stream where both see the same connections)");
    private static readonly Field Incarnation = Set.Add("conn.incarnation", Number, "1 for the first connection of its 4-tuple, 2 for the next");
    private static readonly Field ClientAddress = Set.Add("client.address", FieldKind.Address, "Who opened the connection");
    private static readonly Field ClientPort = Set.Add("client.port", Number, "TCP port");
    private static readonly Field ServerAddress = Set.Add("server.address", FieldKind.Address, "Who was connected to");
    private static readonly Field ServerPort = Set.Add("server.port", Number, "TCP port");
    private static readonly Field ClientPid = Set.Add("client.process.pid", Number, "Live, on Linux: the process that has the client's socket; absent where it was not found, or is on another machine");
    private static readonly Field ClientName = Set.Add("client.process.name", Text, "Its program (/proc/pid/comm)");
    private static readonly Field ServerPid = Set.Add("server.process.pid", Number, "The process that has the server's socket, or listens there");
    private static readonly Field ServerName = Set.Add("server.process.name", Text, "Its program");
    private static readonly Field NetworkType = Set.Add("network.type", Words.Families, "ipv4 or ipv6");
    private static readonly Field OuterVlan = Set.Add("conn.vlan.outer", Number, "VLAN id of the outermost tag of the first packet");
    private static readonly Field InnerVlan = Set.Add("conn.vlan.inner", Number, "VLAN id of the second tag");
    private static readonly Field Tunnel = Set.Add("conn.tunnel", Words.Tunnels, "Innermost tunnel that carried the first packet");
    private static readonly Field TunnelId = Set.Add("conn.tunnel_id", Number, "VNI, TEID, GRE key, MPLS label or PPPoE session");
    private static readonly Field Start = Set.Add("conn.start", Time, "First packet");
    private static readonly Field End = Set.Add("conn.end", Time, "Last packet");
    private static readonly Field DurationOf = Set.Add("conn.duration", Duration, "From the first packet to the last");
    private static readonly Field FrameFirst = Set.Add("conn.frame.first", Number, "First packet, counted from 1 over all files");
    private static readonly Field FrameLast = Set.Add("conn.frame.last", Number, "Last packet");
    private static readonly Field Midstream = Set.Add("conn.midstream", Flag, "true where neither SYN nor SYN-ACK was captured");
    private static readonly Field Swapped = Set.Add("conn.swapped", Flag, "true where the ends were first taken for each other: exchange records written before say so the other way round");
    private static readonly Field Connect = Set.Add("conn.connect_ms", Milliseconds, "First SYN to the ACK that completes the handshake, repeats included");
    private static readonly Field Front = Set.Add("conn.connect.front", Duration, "SYN to SYN-ACK: twice the way from the tap to the server");
    private static readonly Field Back = Set.Add("conn.connect.back", Duration, "SYN-ACK to ACK: twice the way from the tap to the client");
    private static readonly Field RoundTrip = Set.Add("conn.rtt.handshake", Duration, "Round trip of a handshake without repeated segments");
    private static readonly Field VantageOf = Set.Add("conn.vantage", Words.Vantages, "Where the tap stood: client, server, middle, unknown");
    private static readonly Field SynCookie = Set.Add("conn.syn_cookie_possible", Flag, "true where the SYN-ACK has the looks of a SYN cookie; absent where not");
    private static readonly Field Protocol = Set.Add("conn.protocol", Words.Protocols, "What the octets are: unknown, http1, http2, tls, web_socket, other");
    private static readonly Field SwitchedTo = Set.Add("conn.switched_to", Words.Protocols, "What it became after CONNECT or Upgrade");
    private static readonly Field Requests = Set.Add("conn.requests", Number, "HTTP requests, streams of HTTP/2 among them; absent where it carried no HTTP");
    private static readonly Field Responses = Set.Add("conn.responses", Number, "Final responses");
    private static readonly Field Unanswered = Set.Add("conn.unanswered", Number, "Requests without a whole answer when it ended: never answered, or cut off");
    private static readonly Field Reuse = Set.Add("conn.reuse", Ratio, "Share of its requests that found it open: all but the first, where its opening was captured, and but for those inside a tunnel");
    private static readonly Field PipelineMax = Set.Add("conn.pipeline.max", Number, "Most requests outstanding at once");
    private static readonly Field IdleMax = Set.Add("conn.idle.max", Duration, "Longest time with nothing outstanding, before a request or before the end: as exchange.idle_before and conn.idle.before_close");
    private static readonly Field IdleClose = Set.Add("conn.idle.before_close", Duration, "End of the last exchange, or the last copy of its octets that were sent again, to the first FIN or RST; absent where something was outstanding, or the connection had left HTTP");
    private static readonly Field KeepAliveTimeout = Set.Add("http.keep_alive.timeout", Number, "Seconds, as the last response with Keep-Alive announced");
    private static readonly Field KeepAliveMax = Set.Add("http.keep_alive.max", Number, "max of the same");
    private static readonly Field MaxMeaning = Set.Add("http.keep_alive.max_meaning", Words.MaxMeanings, "How this server uses max: unknown, remaining, limit, inconsistent");
    private static readonly Field Persistent = Set.Add("conn.persistent", Words.Verdicts, "Verdict after the last exchange: unknown, persistent, closes, tunnel (RFC 9112 §9.3)");
    private static readonly Field PersistentRule = Set.Add("conn.persistent.rule", Words.PersistenceRules, "The rule that decided");
    private static readonly Http2ConnectionFields Http2 = new(Set);
    private static readonly Field How = Set.Add("conn.close.how", Words.CloseManners, "open, unanswered, refused, half_closed, fin, simultaneous_fin, fin_then_reset, reset");
    private static readonly Field CloseFirst = Set.Add("conn.close.first", Words.Sides, "Who sent the first FIN or RST: client or server, also of FINs that crossed and of a refused connection, which summary.closed_first counts apart or not");
    private static readonly Field Reason = Set.Add("conn.close.reason", Words.CloseReasons, "Why it ended: see \"Close reasons\"");
    private static readonly Field CloseFrame = Set.Add("conn.close.frame", Number, "That first FIN or RST");
    private static readonly Field ReasonFrame = Set.Add("conn.close.reason_frame", Number, "The packet that shows the reason");
    private static readonly Field HalfSpan = Set.Add("conn.close.half_close", Duration, "First FIN to the last octet or FIN of the other side, where the other side went on sending");
    private static readonly Field HalfOctets = Set.Add("conn.close.half_close_octets", Number, "Octets that the other side sent meanwhile");
    private static readonly Field OnUnread = Set.Add("conn.close.reset_on_unread", Flag, "true where a RST stands for octets that were received and not read (RFC 9293 §3.6.1)");
    private static readonly Field UnreadOctets = Set.Add("conn.close.unread_octets", Number, "Octets that came after its sender's last own one: some of them, or all, were not read");
    private static readonly Field Holder = Set.Add("conn.time_wait.holder", [.. Words.Sides, Words.Both], "Who is, or was, in TIME-WAIT: client, server, both");
    private static readonly Field Until = Set.Add("conn.time_wait.until", Time, "When the last TIME-WAIT ends, by the profile (60 s) or a RST");
    private static readonly Field ZeekState = Set.Add("conn.zeek.state", Words.ZeekStates, "Zeek's conn_state");
    private static readonly Field ZeekHistory = Set.Add("conn.zeek.history", Text, "Zeek's history");
    private static readonly Field Gaps = Set.Add("conn.gaps", Number, "Holes in both streams; absent without any");
    private static readonly Field Remarks = Set.AddList("conn.tcp.remarks", Words.Remarks, "Kinds of remark on its segments; absent without any");
    private static readonly Field Anomalies = Set.AddList("conn.http.anomalies", Words.AllAnomalies, "What was odd about its messages; absent without any");
    private static readonly WebSocketFields WebSocket = new(Set);
    private static readonly ConnectionEndFields ClientEnd = new(Set, "client");
    private static readonly ConnectionEndFields ServerEnd = new(Set, "server");
    private static readonly Field RttLeast = Set.Add("conn.rtt.min", Duration, "Round trip between the ends: conn.rtt.client.min and conn.rtt.server.min added");
    private static readonly Field RttAverage = Set.Add("conn.rtt.avg", Duration, "The averages added");
    private static readonly Field RttMost = Set.Add("conn.rtt.max", Duration, "The longest of both ways added: no round trip took longer, but for the 256 ns to which either is known");
    private static readonly Field RttPercentile = Set.Add("conn.rtt.p95", Duration, "The same of p95");
    private static readonly EndDiagnosisFields ClientDiagnosis = new(Set, "client", "server");
    private static readonly EndDiagnosisFields ServerDiagnosis = new(Set, "server", "client");

    private static readonly ConnectionWiresharkFields Wireshark = new(Set);

    public static void Write(ConnectionRecord connection, FieldSink sink)
    {
        WriteEnds(connection, sink);
        WriteOpening(connection, sink);
        if (connection.IsHttp)
        {
            WriteMessages(connection, sink);
        }

        if (connection.Http.Http2 is { } http2)
        {
            Http2.Write(http2, connection.Tcp, sink);
        }

        WriteClose(connection, sink);
        WriteOddities(connection, sink);
        if (connection.Http.WebSocket is { } socket)
        {
            WebSocket.Write(socket, sink);
        }

        ClientEnd.Write(connection.Tcp.ClientEnd, connection.Digests?.Client, sink);
        ServerEnd.Write(connection.Tcp.ServerEnd, connection.Digests?.Server, sink);
        WriteDiagnosis(connection, sink);
        if (sink.WantsOnRequest)
        {
            Wireshark.Write(connection, sink);
        }
    }

    private static void WriteDiagnosis(ConnectionRecord connection, FieldSink sink)
    {
        var roundTrip = FullRoundTrip.Of(connection);
        sink.DurationIfKnown(RttLeast, roundTrip.Least);
        sink.DurationIfKnown(RttAverage, roundTrip.Average);
        sink.DurationIfKnown(RttMost, roundTrip.Most);
        sink.DurationIfKnown(RttPercentile, roundTrip.Percentile95);
        ClientDiagnosis.Write(connection.Tcp.ClientEnd.Diagnosis, sink);
        ServerDiagnosis.Write(connection.Tcp.ServerEnd.Diagnosis, sink);
    }

    private static void WriteEnds(ConnectionRecord connection, FieldSink sink)
    {
        ref readonly var tcp = ref connection.Tcp;
        sink.Number(Id, connection.Number);
        sink.Number(Incarnation, tcp.Incarnation);
        sink.Address(ClientAddress, tcp.Client.Address, connection.Ends.ClientAddress);
        sink.Number(ClientPort, tcp.Client.Port);
        sink.Address(ServerAddress, tcp.Server.Address, connection.Ends.ServerAddress);
        sink.Number(ServerPort, tcp.Server.Port);
        if (connection.Owners.Client is { } client)
        {
            sink.Number(ClientPid, client.Id);
            sink.Text(ClientName, client.Name);
        }

        if (connection.Owners.Server is { } server)
        {
            sink.Number(ServerPid, server.Id);
            sink.Text(ServerName, server.Name);
        }

        sink.Word(NetworkType, Words.Family(tcp.Client.Address));
        sink.NumberIfKnown(OuterVlan, tcp.Encapsulation.OuterVlan);
        sink.NumberIfKnown(InnerVlan, tcp.Encapsulation.InnerVlan);
        if (tcp.Encapsulation.Tunnel != TunnelKind.None)
        {
            sink.Word(Tunnel, Words.Tunnels[(int)tcp.Encapsulation.Tunnel]);
            sink.Number(TunnelId, tcp.Encapsulation.TunnelId);
        }
    }

    private static void WriteOpening(ConnectionRecord connection, FieldSink sink)
    {
        ref readonly var tcp = ref connection.Tcp;
        sink.Time(Start, tcp.First.Time);
        sink.Time(End, tcp.Last.Time);
        sink.DurationBetween(DurationOf, tcp.First, tcp.Last);
        sink.Packet(FrameFirst, tcp.First);
        sink.Packet(FrameLast, tcp.Last);
        sink.FlagIfSet(Midstream, tcp.Midstream);
        sink.FlagIfSet(Swapped, tcp.Swapped);
        var handshake = connection.Handshake;
        sink.MillisecondsIfKnown(Connect, handshake.Total);
        sink.DurationIfKnown(Front, handshake.Front);
        sink.DurationIfKnown(Back, handshake.Back);
        sink.DurationIfKnown(RoundTrip, handshake.RoundTrip);
        sink.Word(VantageOf, Words.Vantages[(int)handshake.Vantage]);
        sink.FlagIfSet(SynCookie, handshake.SynCookiePossible);
        sink.Word(Protocol, Words.Protocols[(int)connection.Http.Protocol]);
        if (connection.Http.SwitchedTo != ApplicationProtocol.Unknown)
        {
            sink.Word(SwitchedTo, Words.Protocols[(int)connection.Http.SwitchedTo]);
        }
    }

    private static void WriteMessages(ConnectionRecord connection, FieldSink sink)
    {
        ref readonly var http = ref connection.Http;
        sink.Number(Requests, http.Requests);
        sink.Number(Responses, http.Responses);
        sink.Number(Unanswered, http.Unanswered);
        sink.RatioIfAny(Reuse, connection.Reuses, http.Requests);
        sink.Number(PipelineMax, http.MaxPipelineDepth);
        sink.DurationIfKnown(IdleMax, connection.MaxIdle);
        sink.DurationIfKnown(IdleClose, connection.AtClose.Idle);
        sink.NumberIfKnown(KeepAliveTimeout, http.KeepAliveTimeout);
        sink.NumberIfKnown(KeepAliveMax, http.KeepAliveMax);
        if (http.KeepAliveMax >= 0)
        {
            sink.Word(MaxMeaning, Words.MaxMeanings[(int)http.KeepAliveMaxMeaning]);
        }

        sink.Word(Persistent, Words.Verdicts[(int)http.LastPersistence.Verdict]);
        sink.Word(PersistentRule, Words.PersistenceRules[(int)http.LastPersistence.Rule]);
    }

    private static void WriteClose(ConnectionRecord connection, FieldSink sink)
    {
        var close = connection.Tcp.Close;
        sink.Word(How, Words.CloseManners[(int)close.How]);
        if (connection.HasCloser)
        {
            sink.Word(CloseFirst, Words.Sides[(int)close.First]);
        }

        sink.Word(Reason, Words.CloseReasons[(int)connection.Close.Reason]);
        if (connection.HasCloser)
        {
            sink.Packet(CloseFrame, close.Packet);
            sink.Packet(ReasonFrame, connection.Close.Evidence);
        }

        if (connection.Tcp.IsReadOn)
        {
            sink.Duration(HalfSpan, close.HalfCloseNanoseconds);
            sink.Number(HalfOctets, close.HalfCloseOctets);
        }

        if (connection.Close.Reason == CloseReason.ResetOnUnread)
        {
            sink.Flag(OnUnread, true);
            sink.Number(UnreadOctets, close.UnreadOctets);
        }

        if (close.HasTimeWait)
        {
            sink.Word(Holder, close.ClientHoldsTimeWait && close.ServerHoldsTimeWait
                ? Words.Both
                : Words.Sides[(int)(close.ClientHoldsTimeWait ? Side.Client : Side.Server)]);
            sink.Time(Until, close.TimeWaitUntil);
        }
    }

    private static void WriteOddities(ConnectionRecord connection, FieldSink sink)
    {
        sink.Word(ZeekState, Words.ZeekStates[(int)connection.Tcp.ZeekState]);
        sink.Text(ZeekHistory, connection.Tcp.ZeekHistory);
        sink.NumberIfAny(Gaps, connection.Gaps);
        if (connection.RemarkKinds != 0)
        {
            sink.List(Remarks, Words.RemarkKinds(connection.RemarkKinds));
        }

        if (connection.Http.Anomalies != HttpAnomalies.None)
        {
            sink.List(Anomalies, Words.Anomalies(connection.Http.Anomalies));
        }
    }
}
