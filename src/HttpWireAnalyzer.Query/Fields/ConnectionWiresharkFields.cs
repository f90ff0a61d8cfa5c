using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>What Wireshark says of a whole connection, under Wireshark's name.</summary>
internal sealed class ConnectionWiresharkFields(FieldSet set)
{
    private readonly Field _completeness = set.AddOnRequest("tcp.completeness", Number, "What was seen of it: 1 SYN, 2 SYN-ACK, 4 ACK, 8 data, 16 FIN, 32 RST, added up");

    public void Write(ConnectionRecord connection, FieldSink sink)
    {
        sink.Number(_completeness, CompletenessOf(connection.Tcp));
    }

    /// <summary>Every segment but a SYN, and a rare RST, has ACK (RFC 9293 §3.10.7).</summary>
    private static long CompletenessOf(in TcpSummary tcp)
    {
        var client = tcp.ClientEnd.Counters;
        var server = tcp.ServerEnd.Counters;
        return Bit(1, client.Syns + server.Syns)
            | Bit(2, client.SynAcks + server.SynAcks)
            | Bit(4, client.Packets + server.Packets - SynsOf(client) - SynsOf(server))
            | Bit(8, client.Octets + server.Octets)
            | Bit(16, client.Fins + server.Fins)
            | Bit(32, client.Rsts + server.Rsts);
    }

    private static long SynsOf(in EndCounters counters) =>
        counters.AllSyns + counters.SynAcks + counters.DoubledSynAcks;

    private static long Bit(long bit, long count) => count > 0 ? bit : 0;
}
