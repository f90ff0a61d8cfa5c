using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>What Wireshark says of a whole connection, or of any of its segments, under Wireshark's names.</summary>
internal sealed class ConnectionWiresharkFields(FieldSet set)
{
    private readonly Field _completeness = set.AddOnRequest("tcp.completeness", Number, "What was seen of it: 1 SYN, 2 SYN-ACK, 4 ACK, 8 data, 16 FIN, 32 RST, added up");

    private readonly (TcpRemarkKind Kind, Field Field)[] _analysis =
    [
        (TcpRemarkKind.Retransmission, set.AddOnRequest("tcp.analysis.retransmission", Flag, "true where some segment repeats octets, or a SYN")),
        (TcpRemarkKind.OutOfOrder, set.AddOnRequest("tcp.analysis.out_of_order", Flag, "true where some segment fills a hole left by a later one")),
        (TcpRemarkKind.HoleBefore, set.AddOnRequest("tcp.analysis.lost_segment", Flag, "true where some segment begins beyond the next octet expected")),
        (TcpRemarkKind.AckedUnseen, set.AddOnRequest("tcp.analysis.ack_lost_segment", Flag, "true where octets were acknowledged that were not captured")),
        (TcpRemarkKind.KeepAliveProbe, set.AddOnRequest("tcp.analysis.keep_alive", Flag, "true where some segment is a TCP keep-alive probe")),
        (TcpRemarkKind.KeepAliveAnswer, set.AddOnRequest("tcp.analysis.keep_alive_ack", Flag, "true where some segment answers such a probe")),
        (TcpRemarkKind.ZeroWindow, set.AddOnRequest("tcp.analysis.zero_window", Flag, "true where some segment closes its sender's receive window")),
    ];

    public void Write(ConnectionRecord connection, FieldSink sink)
    {
        sink.Number(_completeness, CompletenessOf(connection.Tcp));
        foreach (var (kind, field) in _analysis)
        {
            sink.Flag(field, connection.Has(kind));
        }
    }

    /// <summary>Every segment but a SYN, and a rare RST, has ACK (RFC 9293 §3.10.7).</summary>
    private static long CompletenessOf(in TcpSummary tcp)
    {
        var client = tcp.ClientEnd.Counters;
        var server = tcp.ServerEnd.Counters;
        return Bit(1, client.Syns + server.Syns)
            | Bit(2, client.SynAcks + server.SynAcks)
            | Bit(4, client.Packets + server.Packets - client.Syns - server.Syns - client.SynAcks - server.SynAcks)
            | Bit(8, client.Octets + server.Octets)
            | Bit(16, client.Fins + server.Fins)
            | Bit(32, client.Rsts + server.Rsts);
    }

    private static long Bit(long bit, long count) => count > 0 ? bit : 0;
}
