using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Http.WebSocket;

namespace HttpWireAnalyzer.Findings.Rules.LongLived;

/// <summary>How a WebSocket without a Close frame ended, for the rules that share the answer.</summary>
internal static class StreamEnds
{
    /// <summary>
    /// A timer may have cut it: nothing was sent for so long, and no silence as long had been survived before. Not where
    /// probes had shown that the other end was gone, or octets were never acknowledged: then the path had failed.
    /// </summary>
    /// <param name="least">Nanoseconds.</param>
    public static bool MayBeTimer(ConnectionCase connection, WebSocketRecord socket, long least) =>
        EndedWithoutClose(connection, socket)
        && socket.SilenceBeforeClose >= least
        && socket.SilenceSurvived.Nanoseconds < socket.SilenceBeforeClose
        && IsQuietPath(connection);

    public static bool EndedWithoutClose(ConnectionCase connection, WebSocketRecord socket) =>
        connection.Record.HasCloser && socket.SaidCloseBy(connection.Tcp.Close.Packet) == false;

    /// <summary>Both ends had what the other had sent, and one of them closed.</summary>
    public static bool IsQuietPath(ConnectionCase connection)
    {
        ref readonly var tcp = ref connection.Tcp;
        return connection.Record is { HasTwoClosers: false, Close.Reason: not CloseReason.PeerGone }
            && tcp.ClientEnd.Unacknowledged == 0 && tcp.ServerEnd.Unacknowledged == 0;
    }
}
