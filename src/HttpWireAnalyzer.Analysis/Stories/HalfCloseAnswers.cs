using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Analysis.Stories.StoryMaterial;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>What became of the other half after the first FIN (RFC 9293 §3.6).</summary>
internal sealed class HalfCloseAnswers(ConnectionRecord connection, AckHistory? acknowledgments)
{
    private readonly TcpSummary _tcp = connection.Tcp;

    public HalfClosed? HalfClose()
    {
        var close = _tcp.Close;
        if (close.HalfCloseOctets == 0)
        {
            return null;
        }

        // Whoever closed first may have read on for a while: what it acknowledged, arrived.
        var rst = _tcp.EndOf(close.First).Rst;
        var refused = rst.IsNone ? 0 : long.Min(close.HalfCloseOctets, _tcp.EndOf(close.First.Other()).Unacknowledged);
        var refusedBy = refused > 0 ? rst : default;
        return new HalfClosed(
            close.First, close.HalfCloseNanoseconds, close.HalfCloseOctets, HalfCloseAcknowledged(), refused, refusedBy)
        {
            Evidence = Frames(close.Packet, refusedBy, _tcp.EndOf(close.First.Other()).Fin),
        };
    }

    private PacketRef HalfCloseAcknowledged()
    {
        var closer = _tcp.Close.First;
        return acknowledgments?.FirstCovering(
            _tcp.Actual(closer), _tcp.EndOf(closer.Other()).Counters.UniqueOctets) ?? default;
    }

    /// <summary>An end that the other's FIN reached, that sent nothing more, and took longer to close than a program needs to notice.</summary>
    public LeftInCloseWait? CloseWait()
    {
        var close = _tcp.Close;
        var other = close.First.Other();
        ref readonly var closer = ref _tcp.EndOf(close.First);
        var fin = _tcp.EndOf(other).Fin;
        var isLate = close.How == CloseManner.Fin && close.HalfCloseOctets == 0;
        var isLeft = close.How is CloseManner.FinThenReset or CloseManner.HalfClosed && fin.IsNone;
        if (closer.FinAcknowledged.IsNone || connection.HasUnseenFin || !(isLate || isLeft))
        {
            return null;
        }

        // Of a FIN that was sent again, the first may not have arrived.
        var since = closer.Counters.Fins > 1 ? closer.FinAcknowledged : close.Packet;
        var until = isLate ? fin : close.How == CloseManner.HalfClosed ? _tcp.Last : RstAfter(_tcp);
        var span = until.Time.Since(since.Time);
        return span < Timestamp.NanosecondsPerSecond
            ? null
            : new LeftInCloseWait(other, span, close.How == CloseManner.HalfClosed, isLate)
            {
                Evidence = Frames(close.Packet, since, until),
            };
    }

    /// <summary>A FIN that was sent again and again, and no packet of the other end came any more.</summary>
    public UnheardFin? UnheardFin()
    {
        var close = _tcp.Close;
        ref readonly var closer = ref _tcp.EndOf(close.First);
        return close.How != CloseManner.HalfClosed || closer.Counters.Fins < 2
            || _tcp.EndOf(close.First.Other()).Last.Number > close.Packet.Number
            ? null
            : new UnheardFin(close.First, closer.Counters.Fins - 1, closer.Last.Time.Since(close.Packet.Time))
            {
                Evidence = Frames(close.Packet, closer.Last),
            };
    }

    /// <summary>The first RST that came after a FIN; none without.</summary>
    public static PacketRef RstAfter(in TcpSummary tcp) => tcp.Close.How != CloseManner.FinThenReset ? default
        : PacketRef.Earlier(Behind(tcp.Close.Packet, tcp.ClientEnd.Rst), Behind(tcp.Close.Packet, tcp.ServerEnd.Rst));

    // Where the capture lacks the FIN, the RST stands for it.
    private static PacketRef Behind(PacketRef fin, PacketRef rst) => rst.Number >= fin.Number ? rst : default;
}
