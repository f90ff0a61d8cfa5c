using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>A live connection's state, turned into what is said of it.</summary>
internal static class ConnectionSummaries
{
    public static TcpSummary Of(in TcpConnection connection, ConnectionId id, Timestamp timeWaitUntil)
    {
        var swapped = connection.Has(ConnectionFlags.Swapped);
        var client = swapped ? Side.Server : Side.Client;
        ref readonly var clientEnd = ref connection.Ends[(int)client];
        ref readonly var serverEnd = ref connection.Ends[(int)client.Other()];
        return new TcpSummary
        {
            Connection = id,
            Client = swapped ? connection.Server : connection.Client,
            Server = swapped ? connection.Client : connection.Server,
            Swapped = swapped,
            Encapsulation = connection.Encapsulation,
            Incarnation = connection.Incarnation,
            Midstream = !clientEnd.Has(EndFlags.SynSeen) && !serverEnd.Has(EndFlags.SynSeen),
            First = connection.First,
            Last = connection.Last,
            HandshakeAck = connection.HandshakeAck,
            Close = CloseOf(connection, swapped, clientEnd, serverEnd, timeWaitUntil),
            ClientEnd = EndOf(clientEnd, connection.Last),
            ServerEnd = EndOf(serverEnd, connection.Last),
            ZeekState = ZeekStateOf(clientEnd, serverEnd),
            ZeekHistory = connection.History.ToText(swapped),
        };
    }

    private static CloseAnatomy CloseOf(
        in TcpConnection connection, bool swapped, in TcpEndpoint client, in TcpEndpoint server, Timestamp timeWaitUntil)
    {
        var first = swapped ? connection.FirstCloser.Other() : connection.FirstCloser;
        ref readonly var closer = ref connection.Ends[(int)connection.FirstCloser];
        var packet = IsBefore(closer.Rst, closer.Fin) ? closer.Rst : closer.Fin;
        var halfClosed = connection.HalfCloseUntil.Nanoseconds != 0 && !connection.Has(ConnectionFlags.SimultaneousFin);
        return new CloseAnatomy(
            MannerOf(connection, client, server),
            first,
            packet,
            halfClosed ? Math.Max(0, connection.HalfCloseUntil.Since(packet.Time)) : 0,
            connection.HalfCloseOctets,
            connection.UnreadAtReset >= 0,
            Math.Max(0, connection.UnreadAtReset),
            client.Has(EndFlags.HeldTimeWait),
            server.Has(EndFlags.HeldTimeWait),
            timeWaitUntil);
    }

    private static bool IsBefore(PacketRef one, PacketRef other) =>
        !one.IsNone && (other.IsNone || one.Number < other.Number);

    private static CloseManner MannerOf(in TcpConnection connection, in TcpEndpoint client, in TcpEndpoint server)
    {
        var reset = !client.Rst.IsNone || !server.Rst.IsNone;
        ref readonly var closer = ref connection.Ends[(int)connection.FirstCloser];
        var fins = (client.Has(EndFlags.FinSeen) ? 1 : 0) + (server.Has(EndFlags.FinSeen) ? 1 : 0);
        if (IsBefore(closer.Rst, closer.Fin))
        {
            return client.Has(EndFlags.SynSeen) && !server.Has(EndFlags.SynSeen) && !server.Rst.IsNone
                && server.Octets == 0
                ? CloseManner.Refused
                : CloseManner.Reset;
        }

        return (reset, fins) switch
        {
            // RSTs behind two FINs come from ends that had closed already: the FINs closed it.
            (true, 1) => CloseManner.FinThenReset,
            (_, 2) => connection.Has(ConnectionFlags.SimultaneousFin) ? CloseManner.SimultaneousFin : CloseManner.Fin,
            (_, 1) => CloseManner.HalfClosed,
            _ => client.Has(EndFlags.SynSeen) && server.Packets == 0 ? CloseManner.Unanswered : CloseManner.Open,
        };
    }

    private static EndSummary EndOf(in TcpEndpoint end, PacketRef last) => new()
    {
        State = end.State,
        Basis = end.Basis,
        StateSince = end.StateSince,
        Counters = CountersOf(end),
        Syn = end.Syn,
        Fin = end.Fin,
        Rst = end.Rst,
        Last = end.Last,
        InitialSequence = unchecked(end.Base - 1),
        MaximumSegmentSize = end.MaximumSegmentSize,
        WindowScale = end.WindowScale,
        Options = end.Options,
        TimeToLive = end.TimeToLive,
        Diagnosis = EndDiagnosisSummary.Of(end.Diagnosis, last),
    };

    private static EndCounters CountersOf(in TcpEndpoint end)
    {
        var trouble = end.Trouble;
        return new EndCounters
        {
            Packets = end.Packets,
            Octets = end.Octets,
            Delivered = end.Next - (trouble?.Gap ?? 0),
            Duplicate = trouble?.Duplicate ?? 0,
            Late = trouble?.Late ?? 0,
            Cut = trouble?.Cut ?? 0,
            AfterEnd = trouble?.AfterEnd ?? 0,
            Gap = trouble?.Gap ?? 0,
            TrailingGap = trouble?.TrailingGap ?? 0,
            Syns = end.Syns,
            SynAcks = end.SynAcks,
            Fins = end.Fins,
            Rsts = end.Rsts,
            Retransmissions = trouble?.Retransmissions ?? 0,
            OutOfOrder = trouble?.OutOfOrder ?? 0,
            KeepAliveProbes = trouble?.KeepAliveProbes ?? 0,
            ZeroWindows = trouble?.ZeroWindows ?? 0,
            BadChecksums = end.BadChecksums,
            OverlapConflicts = trouble?.OverlapConflicts ?? 0,
        };
    }

    // docs.zeek.org, base/protocols/conn: the originator's and responder's final states, put into one word.
    private static ZeekState ZeekStateOf(in TcpEndpoint client, in TcpEndpoint server)
    {
        var syn = client.Has(EndFlags.SynSeen);
        var synAck = server.Has(EndFlags.SynSeen);
        if (IsBefore(client.Rst, server.Rst))
        {
            return syn ? synAck ? ZeekState.RSTO : ZeekState.RSTOS0 : ZeekState.OTH;
        }

        if (!server.Rst.IsNone)
        {
            return synAck ? syn ? ZeekState.RSTR : ZeekState.RSTRH : syn ? ZeekState.REJ : ZeekState.OTH;
        }

        var clientFin = client.Has(EndFlags.FinSeen);
        var serverFin = server.Has(EndFlags.FinSeen);
        return (syn, synAck) switch
        {
            (true, true) => (clientFin, serverFin) switch
            {
                (true, true) => ZeekState.SF,
                (true, false) => ZeekState.S2,
                (false, true) => ZeekState.S3,
                (false, false) => ZeekState.S1,
            },
            (true, false) => clientFin ? ZeekState.SH : server.Packets == 0 ? ZeekState.S0 : ZeekState.OTH,
            (false, true) => serverFin ? ZeekState.SHR : ZeekState.OTH,
            (false, false) => ZeekState.OTH,
        };
    }
}
