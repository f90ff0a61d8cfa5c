using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>A live connection's state, turned into what is said of it.</summary>
internal sealed class ConnectionSummaries
{
    private readonly HistoryTexts _histories = new();

    public TcpSummary Of(in TcpConnection connection, in WideEnds ends, ConnectionId id, Timestamp timeWaitUntil)
    {
        var swapped = connection.Has(ConnectionFlags.Swapped);
        var client = swapped ? Side.Server : Side.Client;
        ref readonly var clientEnd = ref connection.Ends[(int)client];
        ref readonly var serverEnd = ref connection.Ends[(int)client.Other()];
        return new TcpSummary
        {
            Connection = id,
            Client = swapped ? ends.Server : ends.Client,
            Server = swapped ? ends.Client : ends.Server,
            Swapped = swapped,
            Encapsulation = connection.Encapsulation,
            Incarnation = connection.Incarnation,
            Midstream = !clientEnd.Has(EndFlags.SynSeen) && !serverEnd.Has(EndFlags.SynSeen),
            First = connection.First,
            Last = connection.Last,
            HandshakeAck = connection.HandshakeAck,
            Close = CloseOf(connection, client, timeWaitUntil),
            ClientEnd = EndOf(connection, client),
            ServerEnd = EndOf(connection, client.Other()),
            ZeekState = ZeekStateOf(connection, client),
            ZeekHistory = _histories.Of(connection.History, swapped),
        };
    }

    private static CloseAnatomy CloseOf(in TcpConnection connection, Side client, Timestamp timeWaitUntil)
    {
        var closer = connection.FirstCloser;
        var fin = connection.FinOf(closer);
        var rst = connection.RstOf(closer);
        var packet = IsBefore(rst, fin) ? rst : fin;
        var details = connection.Details;
        var halfCloseUntil = connection.Has(ConnectionFlags.SimultaneousFin) ? default : details?.HalfCloseUntil ?? default;
        var unread = details?.UnreadAtReset ?? -1;
        return new CloseAnatomy(
            MannerOf(connection, client),
            client == Side.Client ? closer : closer.Other(),
            packet,
            halfCloseUntil.Nanoseconds != 0 ? Math.Max(0, halfCloseUntil.Since(packet.Time)) : 0,
            details?.HalfCloseOctets ?? 0,
            unread >= 0,
            Math.Max(0, unread),
            connection.Ends[(int)client].Has(EndFlags.HeldTimeWait),
            connection.Ends[(int)client.Other()].Has(EndFlags.HeldTimeWait),
            timeWaitUntil);
    }

    private static bool IsBefore(PacketRef one, PacketRef other) =>
        !one.IsNone && (other.IsNone || one.Number < other.Number);

    private static CloseManner MannerOf(in TcpConnection connection, Side clientSide)
    {
        ref readonly var client = ref connection.Ends[(int)clientSide];
        ref readonly var server = ref connection.Ends[(int)clientSide.Other()];
        var reset = client.Has(EndFlags.RstSeen) || server.Has(EndFlags.RstSeen);
        var fins = (client.Has(EndFlags.FinSeen) ? 1 : 0) + (server.Has(EndFlags.FinSeen) ? 1 : 0);
        if (IsBefore(connection.RstOf(connection.FirstCloser), connection.FinOf(connection.FirstCloser)))
        {
            return client.Has(EndFlags.SynSeen) && !server.Has(EndFlags.SynSeen) && server.Has(EndFlags.RstSeen)
                && CountersOf(connection, clientSide.Other()).Octets == 0
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

    private static EndSummary EndOf(in TcpConnection connection, Side side)
    {
        ref readonly var end = ref connection.Ends[(int)side];
        return new EndSummary
        {
            State = end.State,
            Basis = end.Basis,
            StateSince = connection.StateSinceOf(side),
            Counters = CountersOf(connection, side),
            Syn = connection.SynOf(side),
            Fin = connection.FinOf(side),
            Rst = connection.RstOf(side),
            Last = end.Last,
            InitialSequence = unchecked(end.Base - 1),
            MaximumSegmentSize = end.MaximumSegmentSize,
            WindowScale = end.WindowScale,
            Options = end.Options,
            TimeToLive = end.TimeToLive,
            Diagnosis = EndDiagnosisSummary.Of(end.Diagnosis, connection.Last),
        };
    }

    private static EndCounters CountersOf(in TcpConnection connection, Side side)
    {
        ref readonly var end = ref connection.Ends[(int)side];
        var details = connection.Details is { } known ? known[side] : default;
        var counters = end.Trouble?.Counters ?? default;
        var delivered = end.Next - counters.Gap;
        return counters with
        {
            Packets = end.Packets,

            // Each payload octet became one of these: none is counted twice, for the sake of one addition a segment.
            Octets = delivered + counters.Duplicate + counters.Late + counters.Cut + counters.AfterEnd,
            Delivered = delivered,
            Syns = details.RepeatedSyns + (end.Has(EndFlags.SynSent) ? 1 : 0),
            SynAcks = details.RepeatedSynAcks + (end.Has(EndFlags.SynAckSent) ? 1 : 0),
            Fins = details.Fins,
            Rsts = details.Rsts,
            BadChecksums = details.BadChecksums,
        };
    }

    // docs.zeek.org, base/protocols/conn: the originator's and responder's final states, put into one word.
    private static ZeekState ZeekStateOf(in TcpConnection connection, Side clientSide)
    {
        ref readonly var client = ref connection.Ends[(int)clientSide];
        ref readonly var server = ref connection.Ends[(int)clientSide.Other()];
        var syn = client.Has(EndFlags.SynSeen);
        var synAck = server.Has(EndFlags.SynSeen);
        if (IsBefore(connection.RstOf(clientSide), connection.RstOf(clientSide.Other())))
        {
            return syn ? synAck ? ZeekState.RSTO : ZeekState.RSTOS0 : ZeekState.OTH;
        }

        if (server.Has(EndFlags.RstSeen))
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
