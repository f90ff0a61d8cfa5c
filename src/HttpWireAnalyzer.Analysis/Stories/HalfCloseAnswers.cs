using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Analysis.Stories.StoryMaterial;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>What became of the other half after the first FIN (RFC 9293 §3.6).</summary>
internal sealed class HalfCloseAnswers(ConnectionRecord connection, AckHistory? acknowledgments)
{
    private readonly TcpSummary _tcp = connection.Tcp;

    public HalfClosed? HalfClose() => _tcp.Close.HalfCloseOctets == 0
        ? null
        : new HalfClosed(
            _tcp.Close.First, _tcp.Close.HalfCloseNanoseconds, _tcp.Close.HalfCloseOctets, HalfCloseAcknowledged(),
            _tcp.EndOf(_tcp.Close.First).Rst)
        {
            Evidence = Frames(_tcp.Close.Packet, _tcp.EndOf(_tcp.Close.First).Rst, _tcp.EndOf(_tcp.Close.First.Other()).Fin),
        };

    private PacketRef HalfCloseAcknowledged()
    {
        var closer = _tcp.Close.First;
        return acknowledgments?.FirstCovering(
            _tcp.Actual(closer), _tcp.EndOf(closer.Other()).Counters.UniqueOctets) ?? default;
    }

    /// <summary>An end that the other's FIN reached, and that took longer than a program needs to notice.</summary>
    public LeftInCloseWait? CloseWait()
    {
        var close = _tcp.Close;
        var other = close.First.Other();
        if (close.How is not (CloseManner.FinThenReset or CloseManner.HalfClosed) || !_tcp.EndOf(other).Fin.IsNone)
        {
            return null;
        }

        var until = close.How == CloseManner.HalfClosed ? _tcp.Last : RstAfter(_tcp);
        var span = until.Time.Since(close.Packet.Time);
        return span < Timestamp.NanosecondsPerSecond
            ? null
            : new LeftInCloseWait(other, span, close.How == CloseManner.HalfClosed)
            {
                Evidence = Frames(close.Packet, until),
            };
    }

    /// <summary>The RST that came after a FIN; none without.</summary>
    public static PacketRef RstAfter(in TcpSummary tcp) => tcp.Close.How != CloseManner.FinThenReset ? default
        : tcp.ServerEnd.Rst.IsNone ? tcp.ClientEnd.Rst : tcp.ServerEnd.Rst;
}
