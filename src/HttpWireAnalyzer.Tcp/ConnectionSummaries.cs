using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>A live connection's state, turned into what is said of it.</summary>
internal sealed class ConnectionSummaries
{
    private readonly HistoryTexts _histories = new();
    private TcpSummary _summary;

    /// <summary>Good until the next call.</summary>
    public ref readonly TcpSummary Of(
        in TcpConnection connection, in WideEnds ends, ConnectionId id, Timestamp timeWaitUntil)
    {
        var client = connection.Client;
        var swapped = client == Side.Server;
        ref readonly var clientEnd = ref connection.Ends[(int)client];
        ref readonly var serverEnd = ref connection.Ends[(int)client.Other()];
        ref var summary = ref _summary;
        summary.Connection = id;
        summary.Client = swapped ? ends.Server : ends.Client;
        summary.Server = swapped ? ends.Client : ends.Server;
        summary.Swapped = swapped;
        summary.Encapsulation = connection.Encapsulation;
        summary.Incarnation = connection.Incarnation;
        summary.Midstream = !clientEnd.Has(EndFlags.SynSeen) && !serverEnd.Has(EndFlags.SynSeen);
        summary.First = connection.First;
        summary.Last = connection.Last;
        summary.HandshakeAck = connection.HandshakeAck;
        TakeEnd(ref summary.ClientEnd, connection, client, summary.Last);
        TakeEnd(ref summary.ServerEnd, connection, client.Other(), summary.Last);
        var clientReset = IsBefore(summary.ClientEnd.Rst, summary.ServerEnd.Rst);
        TakeClose(ref summary.Close, summary, connection, client);
        TakeTimeWait(
            ref summary.Close, connection, client, timeWaitUntil,
            clientReset ? summary.ClientEnd.Rst : summary.ServerEnd.Rst);
        summary.ZeekState = ZeekStateOf(connection, client, clientReset);
        summary.ZeekHistory = _histories.Of(connection.History, swapped);
        return ref summary;
    }

    /// <param name="summary">Its ends are known already.</param>
    private static void TakeClose(
        ref CloseAnatomy close, in TcpSummary summary, in TcpConnection connection, Side client)
    {
        var closer = connection.FirstCloser;
        var isClient = closer == client;
        ref readonly var end = ref isClient ? ref summary.ClientEnd : ref summary.ServerEnd;
        ref readonly var other = ref isClient ? ref summary.ServerEnd : ref summary.ClientEnd;
        var resetFirst = !end.HasUnseenFin && IsBefore(end.Rst, !end.Fin.IsNone ? end.Fin : other.Fin);
        ref readonly var details = ref connection.DetailsOrNone;
        var halfCloseUntil = connection.Has(ConnectionFlags.SimultaneousFin) ? default : details.HalfCloseUntil;
        close.How = MannerOf(connection, client, resetFirst, summary.ServerEnd.Counters.Octets);
        close.First = isClient ? Side.Client : Side.Server;
        close.Packet = resetFirst ? end.Rst
            : !end.Fin.IsNone ? end.Fin
            // Its FIN is not in the capture: what came next stands for it.
            : PacketRef.Earlier(end.Rst, PacketRef.Earlier(other.Rst, other.Fin));
        close.HalfCloseNanoseconds = halfCloseUntil.Nanoseconds != 0
            ? long.Max(0, halfCloseUntil.Since(close.Packet.Time))
            : 0;
        close.HalfCloseOctets = details.HalfCloseOctets;
        close.ResetOnUnread = details.UnreadAtReset >= 0;
        close.UnreadOctets = long.Max(0, details.UnreadAtReset);
    }

    private static void TakeTimeWait(
        ref CloseAnatomy close, in TcpConnection connection, Side client, Timestamp until, PacketRef reset)
    {
        close.ClientHoldsTimeWait = connection.Ends[(int)client].Has(EndFlags.HeldTimeWait);
        close.ServerHoldsTimeWait = connection.Ends[(int)client.Other()].Has(EndFlags.HeldTimeWait);
        var isCut = close.HasTimeWait
            && !reset.IsNone && reset.Time >= connection.TimeWaitFrom && reset.Time < until;
        close.TimeWaitReset = isCut ? reset : default;
        close.TimeWaitUntil = isCut ? reset.Time : until;
    }

    private static bool IsBefore(PacketRef one, PacketRef other) =>
        !one.IsNone && (other.IsNone || one.Number < other.Number);

    private static CloseManner MannerOf(in TcpConnection connection, Side clientSide, bool resetFirst, long serverOctets)
    {
        ref readonly var client = ref connection.Ends[(int)clientSide];
        ref readonly var server = ref connection.Ends[(int)clientSide.Other()];
        if (resetFirst)
        {
            // Who acknowledges something of the server's had a SYN-ACK, which the capture lacks.
            return client.Has(EndFlags.SynSeen) && !server.Has(EndFlags.SynSeen) && server.Has(EndFlags.RstSeen)
                && serverOctets == 0 && server.Acked < 0
                ? CloseManner.Refused
                : CloseManner.Reset;
        }

        var reset = client.Has(EndFlags.RstSeen) || server.Has(EndFlags.RstSeen);
        var fins = (client.Has(EndFlags.FinSeen) ? 1 : 0) + (server.Has(EndFlags.FinSeen) ? 1 : 0);
        return (reset, fins) switch
        {
            // RSTs behind two FINs come from ends that had closed already: the FINs closed it.
            // Without one, the first FIN is not in the capture.
            (true, <= 1) => CloseManner.FinThenReset,
            (true, 2) when IsResetBetween(connection.DetailsOrNone) => CloseManner.FinThenReset,
            (_, 2) => connection.Has(ConnectionFlags.SimultaneousFin) ? CloseManner.SimultaneousFin : CloseManner.Fin,
            (_, 1) => CloseManner.HalfClosed,
            _ => client.Has(EndFlags.SynSeen) && server.Packets == 0 ? CloseManner.Unanswered : CloseManner.Open,
        };
    }

    /// <summary>The first RST answered what came behind the first FIN; what follows it closes nothing any more.</summary>
    private static bool IsResetBetween(in ConnectionDetails details)
    {
        var reset = PacketRef.Earlier(details.Ends[0].Rst.Packet, details.Ends[1].Rst.Packet);
        return reset.Number < PacketRef.Later(details.Ends[0].Fin.Packet, details.Ends[1].Fin.Packet).Number;
    }

    private static void TakeEnd(ref EndSummary summary, in TcpConnection connection, Side side, PacketRef last)
    {
        ref readonly var end = ref connection.Ends[(int)side];
        summary.State = end.State;
        summary.Basis = end.Basis;
        summary.StateSince = connection.StateSinceOf(side);
        summary.HasUnseenFin = end.HasUnseenFin;
        TakeCounters(ref summary.Counters, end);
        TakeDetails(ref summary, connection.DetailsOrNone.Ends[(int)side]);
        summary.Syn = connection.SynOf(side);
        summary.Last = end.Last;
        summary.InitialSequence = unchecked(end.Base - 1);
        summary.MaximumSegmentSize = end.MaximumSegmentSize;
        summary.WindowScale = end.WindowScale;
        summary.Options = end.Options;
        summary.TimeToLive = end.TimeToLive;
        summary.Unacknowledged = long.Max(0, end.Max - long.Max(0, end.Acked));
        summary.AcknowledgedUpTo = long.Max(0, end.Acked) + CoveredByRst(end, connection.DetailsOrNone.Ends[(int)side.Other()]);
        summary.Diagnosis.Take(end.Diagnosis, last, end.Has(EndFlags.PortsReused));
    }

    /// <summary>Octets beyond the last acknowledgment that a RST, which is not believed, acknowledges.</summary>
    private static long CoveredByRst(in TcpEndpoint end, in EndDetails other) =>
        other.Rst.IsNone ? 0 : long.Max(0, unchecked((int)(other.RstAcknowledged - (uint)long.Max(0, end.Acked))));

    private static void TakeDetails(ref EndSummary summary, in EndDetails details)
    {
        summary.Fin = details.Fin.Packet;
        summary.FinAcknowledged = details.FinAcknowledged.Packet;
        summary.HeardAtFin = details.HeardAtFin;
        summary.Rst = details.Rst.Packet;
        summary.RstTimeToLive = details.RstTimeToLive;
        summary.IsRstOfClosed = details.IsRstOfClosed;
        summary.IsFinAcknowledgedAhead = details.IsFinAcknowledgedAhead;
        summary.Counters.Syns += details.RepeatedSyns;
        summary.Counters.SynAcks += details.RepeatedSynAcks;
        summary.Counters.DoubledSyns = details.DoubledSyns;
        summary.Counters.DoubledSynAcks = details.DoubledSynAcks;
        summary.Counters.Fins = details.Fins;
        summary.Counters.DoubledFins = details.DoubledFins;
        summary.Counters.Rsts = details.Rsts;
        summary.Counters.BadChecksums = details.BadChecksums;
    }

    private static void TakeCounters(ref EndCounters counters, in TcpEndpoint end)
    {
        counters = default;
        end.Trouble?.CopyTo(ref counters);
        counters.Packets = end.Packets;
        counters.Delivered = end.Next - counters.Gap;

        // Each payload octet became one of these: none is counted twice, for the sake of one addition a segment.
        counters.Octets = counters.Delivered + counters.Duplicate + counters.Late + counters.Cut + counters.AfterEnd;
        counters.Syns = end.Has(EndFlags.SynSent) ? 1 : 0;
        counters.SynAcks = end.Has(EndFlags.SynAckSent) ? 1 : 0;
        counters.IsDamaged = end.Has(EndFlags.Damaged);
    }

    // docs.zeek.org, base/protocols/conn: the originator's and responder's final states, put into one word.
    private static ZeekState ZeekStateOf(in TcpConnection connection, Side clientSide, bool clientReset)
    {
        ref readonly var client = ref connection.Ends[(int)clientSide];
        ref readonly var server = ref connection.Ends[(int)clientSide.Other()];
        var syn = client.Has(EndFlags.SynSeen);
        var synAck = server.Has(EndFlags.SynSeen);
        if (clientReset)
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
