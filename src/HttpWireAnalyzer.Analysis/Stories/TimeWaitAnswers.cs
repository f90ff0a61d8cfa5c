using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Analysis.Stories.StoryMaterial;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>Who holds TIME-WAIT, from when and until when, or why nobody does.</summary>
internal sealed class TimeWaitAnswers(ConnectionRecord connection, StoryMaterial material)
{
    private readonly TcpSummary _tcp = connection.Tcp;

    /// <summary>Null where the connection has not come so far.</summary>
    public StorySentence? TimeWait()
    {
        var close = _tcp.Close;
        if (!close.HasTimeWait)
        {
            return NoTimeWait();
        }

        var from = TimeWaitFrom();
        var successor = material.Successor;
        // Where a RST ended it, the next connection's first SYN had been refused.
        successor = close.TimeWaitReset.IsNone && !successor.IsNone && successor.Time < close.TimeWaitUntil ? successor : default;
        return new TimeWaitHeld(
            close.ClientHoldsTimeWait, close.ServerHoldsTimeWait, close.TimeWaitUntil, from, successor, close.TimeWaitReset)
        {
            Evidence = Frames([.. TimeWaitShown(from), close.TimeWaitReset, successor]),
        };
    }

    private NoTimeWait? NoTimeWait()
    {
        foreach (var change in material.Changes)
        {
            if (change is { From: TcpState.TimeWait, Input: TcpInput.SendRst })
            {
                return new NoTimeWait(false, change.Side) { Evidence = Frames(_tcp.EndOf(change.Side.Other()).Fin, change.Packet) };
            }
        }

        return _tcp.Close.How is CloseManner.Reset or CloseManner.FinThenReset
            ? new NoTimeWait(connection.Close.Reason == CloseReason.PeerGone, null)
            {
                Evidence = Frames(_tcp.ClientEnd.Rst, _tcp.ServerEnd.Rst),
            }
            : null;
    }

    /// <summary>The packet that shows it rather than the one that made it likely.</summary>
    private PacketRef TimeWaitFrom()
    {
        var client = _tcp.Close.ClientHoldsTimeWait ? TimeWaitFrom(Side.Client) : default;
        var server = _tcp.Close.ServerHoldsTimeWait ? TimeWaitFrom(Side.Server) : default;
        return PacketRef.Later(client, server);
    }

    /// <summary>Of two holders each is there when the other's ACK comes, and no segment of its own shows it.</summary>
    private PacketRef[] TimeWaitShown(PacketRef from) => _tcp.Close is { ClientHoldsTimeWait: true, ServerHoldsTimeWait: true }
        ? [.. material.Changes.Where(change => change.To == TcpState.TimeWait).Select(change => change.Packet)]
        : [from];

    private PacketRef TimeWaitFrom(Side side)
    {
        var from = default(PacketRef);
        foreach (var change in material.Changes)
        {
            if (change.Side != side || change.To != TcpState.TimeWait)
            {
                continue;
            }

            from = change.Packet;
            if (change.Basis is StateBasis.Sent or StateBasis.Acked)
            {
                break;
            }
        }

        return from;
    }
}
