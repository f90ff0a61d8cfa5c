using HttpWireAnalyzer.Http.WebSocket;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Analysis.Stories.StoryMaterial;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>What is told of a WebSocket: its handshake and messages, pings and silence, and its end.</summary>
internal sealed class WebSocketAnswers(WebSocketRecord socket, ConnectionRecord connection)
{
    public IEnumerable<StorySentence> All()
    {
        yield return new WebSocketSpoken(socket)
        {
            Evidence = Frames(socket.Opened, socket.FirstMessage),
        };
        if (socket.Violations.Count > 0)
        {
            yield return new WebSocketRulesBroken(socket)
            {
                Evidence = Frames([.. socket.Violations.Select(violation => violation.First)]),
            };
        }

        yield return new WebSocketKeptAlive(socket)
        {
            Evidence = socket.Pings > 0
                ? Frames(socket.PingGap.From, socket.PingGap.To, socket.Silence.From, socket.Silence.To)
                : Frames(socket.Silence.From, socket.Silence.To),
        };
        Side? closer = connection.HasCloser && !connection.HasTwoClosers ? connection.Tcp.Close.First : null;
        var ping = closer is { } side ? socket.EndOf(side).PingIntoSilence : default;
        yield return new WebSocketEnded(socket, !connection.HasCloser)
        {
            PingedInVain = ping.IsNone ? null : closer,
            Evidence = Frames(
                ping,
                socket.ClientEnd.Close?.Packet ?? default,
                socket.ServerEnd.Close?.Packet ?? default,
                socket.FirstClose is null ? socket.LastOctets : default,
                connection.HasCloser ? connection.Tcp.Close.Packet : default),
        };
    }

    /// <summary>Lines for the connection's course.</summary>
    public IEnumerable<Told> Lines()
    {
        if (!socket.FirstMessage.IsNone)
        {
            yield return new Told(
                socket.FirstMessage, socket.FirstMessageSender, new WebSocketMessageBegan { Evidence = [socket.FirstMessage] });
        }

        foreach (var side in (Side[])[Side.Client, Side.Server])
        {
            if (socket.EndOf(side).Close is { } close)
            {
                yield return new Told(
                    close.Packet, side, new WebSocketCloseSent(close, side != socket.Closer) { Evidence = [close.Packet] });
            }
        }
    }
}
