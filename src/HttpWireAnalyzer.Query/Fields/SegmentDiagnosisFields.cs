using HttpWireAnalyzer.Tcp.Diagnosis;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>What was concluded from one segment: Wireshark's names where the meaning is the same.</summary>
internal sealed class SegmentDiagnosisFields
{
    /// <summary>Wireshark has no name for these, and a restart after idleness is no trouble.</summary>
    private const SegmentMarks Ours =
        SegmentMarks.RetransmissionTimeout | SegmentMarks.ZeroWindowRetransmission | SegmentMarks.RestartAfterIdle;

    private readonly Field _any;
    private readonly Field[] _marks;
    private readonly Field _duplicateNumber;
    private readonly Field _duplicateOf;
    private readonly Field _silence;
    private readonly Field _roundTrip;
    private readonly Field _inFlight;

    public SegmentDiagnosisFields(FieldSet set)
    {
        _any = set.Add("tcp.analysis.flags", Flag, "true where any of the next 15 is, as in Wireshark");
        _marks = [.. Words.Marks.Select(mark => set.Add("tcp.analysis." + mark.Text, Flag, Meanings[mark.Text]))];
        _duplicateNumber = set.Add("tcp.analysis.duplicate_ack_num", Number, "Place among the duplicate acknowledgments, from 1");
        _duplicateOf = set.Add("tcp.analysis.duplicate_ack_frame", Number, "The packet that they repeat");
        _silence = set.Add("tcp.analysis.rto", Duration, "For a retransmission: since its sender last sent octets");
        _roundTrip = set.Add("tcp.analysis.ack_rtt", Duration, "Since the last octet that it acknowledges was sent; absent where that was sent more than once");
        _inFlight = set.Add("tcp.analysis.bytes_in_flight", Number, "Octets sent and not acknowledged, by SACK neither, its own included");
    }

    private static Dictionary<string, string> Meanings { get; } = new()
    {
        ["retransmission"] = "true where it was sent again; fast and spurious ones included",
        ["fast_retransmission"] = "true where it was sent again on duplicate acknowledgments (RFC 5681 §3.2)",
        ["spurious_retransmission"] = "true where it was sent again although the receiver had acknowledged it",
        ["out_of_order"] = "true where later octets overtook it on the way",
        ["duplicate_ack"] = "true where it repeats an acknowledgment and says nothing else (RFC 5681 §2)",
        ["keep_alive"] = "true for a probe of the connection's life (RFC 9293 §3.8.4)",
        ["keep_alive_ack"] = "true for the answer to one",
        ["zero_window"] = "true where it closes its sender's receive window",
        ["zero_window_probe"] = "true for one octet sent into a closed window (RFC 9293 §3.8.6.1)",
        ["zero_window_probe_ack"] = "true for the answer to one",
        ["window_update"] = "true where it says nothing but another window",
        ["window_full"] = "true where it fills the receiver's window to the last octet",
        ["lost_segment"] = "true where octets before it were not seen, or not yet",
        ["ack_lost_segment"] = "true where it acknowledges octets that were not seen",
        ["reused_ports"] = "true for a SYN on the addresses and ports of an earlier connection",
        ["retransmission_timeout"] = "true for a retransmission after at least as much silence as a timer takes (RFC 6298 §5)",
        ["zero_window_retransmission"] = "true for a retransmission after such silence that asks a receiver for room whose window is closed, or was (RFC 9293 §3.8.6.1)",
        ["restart_after_idle"] = "true for new octets after more than a retransmission timeout with nothing to send (RFC 5681 §4.1)",
    };

    public void Write(in SegmentDiagnosis diagnosis, FieldSink sink)
    {
        sink.FlagIfSet(_any, (diagnosis.Marks & ~Ours) != SegmentMarks.None);
        for (var mark = 0; mark < _marks.Length; mark++)
        {
            sink.FlagIfSet(_marks[mark], ((uint)diagnosis.Marks >> mark & 1) != 0);
        }

        if (diagnosis.DuplicateAckNumber > 0)
        {
            sink.Number(_duplicateNumber, diagnosis.DuplicateAckNumber);
            sink.Packet(_duplicateOf, diagnosis.DuplicateOf);
        }

        if (diagnosis.Has(SegmentMarks.Retransmission))
        {
            sink.Duration(_silence, diagnosis.Silence);
        }

        if (diagnosis.AckRoundTrip > 0)
        {
            sink.Duration(_roundTrip, diagnosis.AckRoundTrip);
        }

        sink.NumberIfKnown(_inFlight, diagnosis.InFlight);
    }
}
