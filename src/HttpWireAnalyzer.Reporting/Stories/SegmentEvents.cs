using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Reporting.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What was seen of single segments, in English, short enough for a column.</summary>
internal static class SegmentEvents
{
    private static string OfEarlier(SegmentRemarked remark) => remark.Earlier.IsNone
        ? ""
        : $" of #{remark.Earlier.Number}, {Quantity.Duration(remark.First.Time.Since(remark.Earlier.Time))} later";

    public static string Of(SegmentRemarked remark)
    {
        var what = remark.Kind switch
        {
            TcpRemarkKind.Retransmission when remark.Value == 0 => "the same SYN again",
            TcpRemarkKind.Retransmission => $"repeats {Quantity.Octets(remark.Value)}" + OfEarlier(remark),
            TcpRemarkKind.OutOfOrder => $"{Quantity.Octets(remark.Value)} late, fill a hole"
                + (remark.Earlier.IsNone ? "" : $" seen {Quantity.Duration(remark.First.Time.Since(remark.Earlier.Time))} before (#{remark.Earlier.Number})"),
            TcpRemarkKind.KeepAliveProbe => "TCP keep-alive probe",
            TcpRemarkKind.ZeroWindow => "receive window closed",
            TcpRemarkKind.OverlapConflict => "repeated octets differ from the first copy",
            TcpRemarkKind.UnacceptableRst => "RST outside the window, to be ignored",
            TcpRemarkKind.RstPayload => $"RST with {remark.Value} octets of text",
            TcpRemarkKind.SynOnOpenConnection => "SYN on the open connection",
            TcpRemarkKind.ChallengeAck => "challenge ACK",
            TcpRemarkKind.TimeWaitReuse => $"the ports were {Quantity.Duration(remark.Value)} in TIME_WAIT",
            TcpRemarkKind.SimultaneousOpen => "both ends sent a SYN",
            TcpRemarkKind.SynAckChanged => "SYN-ACK with another sequence number",
            TcpRemarkKind.IcmpError => $"ICMP error, type {remark.Value >> 8} code {remark.Value & 0xFF}",
            TcpRemarkKind.OctetsAfterEnd => $"{remark.Value} octets after the end: nobody reads them",
            _ => Words.Remarks[(int)remark.Kind].Text.Replace('_', ' '),
        };
        var more = remark.Count > 1 ? $"  ×{remark.Count}, to #{remark.Last.Number}" : "";
        var answered = remark.Kind != TcpRemarkKind.KeepAliveProbe ? ""
            : remark.Answered == remark.Count ? (remark.Count > 1 ? "  all answered" : "  answered")
            : remark.Answered == 0 ? (remark.Count > 1 ? "  none answered" : "  not answered")
            : $"  {remark.Answered} answered";
        return what + more + answered;
    }
}
