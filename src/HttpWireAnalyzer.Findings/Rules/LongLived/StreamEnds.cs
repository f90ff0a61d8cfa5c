using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.LongLived;

/// <summary>How a WebSocket without a Close frame, or an event stream without its last chunk, ended: for the rules that share the answer.</summary>
internal static class StreamEnds
{
    /// <summary>
    /// A timer may have cut it: nothing was sent for so long, and no silence as long had been survived before. Not where
    /// probes or pings had shown that the other end was gone, or octets were never acknowledged: then the path had failed.
    /// </summary>
    /// <param name="least">Nanoseconds.</param>
    public static bool MayBeTimer(ConnectionCase connection, WebSocketRecord socket, long least) =>
        EndedWithoutClose(connection, socket)
        && socket.SilenceBeforeClose >= least
        && socket.SilenceSurvived.Nanoseconds < socket.SilenceBeforeClose
        && PingInVain(connection, socket, least).IsNone
        && IsQuietPath(connection);

    /// <summary>A timer may have cut this event stream: its server ended it after nothing had been sent for so long.</summary>
    /// <param name="exchange">One whose response was truncated.</param>
    /// <param name="least">Nanoseconds.</param>
    public static bool MayBeTimer(ConnectionCase connection, in HttpExchange exchange, long least)
    {
        var close = connection.Tcp.Close;
        return close.First == Side.Server
            && EventStreams.Is(exchange)
            && !exchange.LastOctets.IsNone
            && close.Packet.Time.Since(exchange.LastOctets.Time) >= least
            && connection.Record.HasCloser
            && IsQuietPath(connection);
    }

    /// <summary>
    /// A ping of the end that closed, so long before, that the other end answered with nothing at all: that end was gone; none
    /// without one.
    /// </summary>
    /// <param name="least">Nanoseconds.</param>
    public static PacketRef PingInVain(ConnectionCase connection, WebSocketRecord socket, long least)
    {
        var close = connection.Tcp.Close;
        var ping = connection.Record.HasTwoClosers ? default : socket.EndOf(close.First).PingIntoSilence;
        return !ping.IsNone && close.Packet.Time.Since(ping.Time) >= least ? ping : default;
    }

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
