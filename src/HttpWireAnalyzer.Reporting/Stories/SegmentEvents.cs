using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What was seen of single segments, in English, short enough for a column.</summary>
internal static class SegmentEvents
{
    private static string Repeats(SegmentRemarked remark) => remark.Earlier.IsNone
        ? $"repeats {Quantity.Count(remark.Value)} B"
        : $"repeats {Quantity.Count(remark.Value)} B of #{remark.Earlier.Number}  after {Since(remark)}";

    private static string Since(SegmentRemarked remark) => Quantity.Duration(remark.First.Time.Since(remark.Earlier.Time));

    /// <summary>Of the first, where they are several.</summary>
    private static string Why(SegmentRemarked remark) => remark is { TooSoon: true, Kind: TcpRemarkKind.Retransmission } ? "  too soon to be sent again: doubled on the way" : remark.Because switch
    {
        TcpRemarkKind.FastRetransmission =>
            $"  on {Quantity.Count(remark.BecauseValue, "duplicate ACK", "duplicate ACKs")} (fast retransmit)",
        TcpRemarkKind.RetransmissionTimeout =>
            $"  behind {Quantity.Duration(remark.BecauseValue)} of silence (retransmission timeout)",
        TcpRemarkKind.SpuriousRetransmission => "  for nothing: it had been acknowledged",
        _ => "",
    };

    public static string Of(SegmentRemarked remark)
    {
        var what = remark.Kind switch
        {
            TcpRemarkKind.Retransmission when remark.Value == 0 => remark.IsSynAck ? "the same SYN-ACK again" : "the same SYN again",
            TcpRemarkKind.Retransmission => Repeats(remark),
            TcpRemarkKind.OutOfOrder => $"{Quantity.Count(remark.Value)} B come late"
                + (remark.Earlier.IsNone ? "" : $"  and fill the hole before #{remark.Earlier.Number}  after {Since(remark)}")
                + (remark.TooSoon ? "  overtaken, not lost" : ""),
            TcpRemarkKind.KeepAliveProbe => remark.OfWindow ? "probe of the closed window" : "TCP keep-alive probe",
            TcpRemarkKind.ZeroWindow => "receive window closed",
            TcpRemarkKind.WindowReopened => $"receive window open again  after {Quantity.Duration(remark.Value)}",
            TcpRemarkKind.OverlapConflict => "repeated octets differ from the first copy",
            TcpRemarkKind.UnacceptableRst => "RST outside the window, to be ignored",
            TcpRemarkKind.RstPayload => $"RST with {remark.Value} octets of text",
            TcpRemarkKind.SynOnOpenConnection => "SYN on the open connection",
            TcpRemarkKind.ChallengeAck => "challenge ACK",
            TcpRemarkKind.TimeWaitReuse => $"{Quantity.Duration(remark.Value)} into the last TIME_WAIT",
            TcpRemarkKind.SimultaneousOpen => "both ends sent a SYN",
            TcpRemarkKind.SynAckChanged => "SYN-ACK with another sequence number",
            TcpRemarkKind.OctetsAfterEnd => $"{remark.Value} octets after the end: nobody reads them",
            _ => Words.Remarks[(int)remark.Kind].Text.Replace('_', ' '),
        };
        var more = remark.Count > 1 ? $"  ×{remark.Count}, to #{remark.Last.Number}" : "";
        var answered = remark.Kind != TcpRemarkKind.KeepAliveProbe ? ""
            : remark.Answered == remark.Count ? (remark.Count > 1 ? "  all answered" : "  answered")
            : remark.Answered == 0 ? (remark.Count > 1 ? "  none answered" : "  not answered")
            : $"  {remark.Answered} answered";
        return what + Why(remark) + more + answered;
    }
}
