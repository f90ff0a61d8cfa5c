using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>How the connection was opened, in English.</summary>
internal sealed class OpeningProse(ConnectionRecord connection)
{
    public string Of(OpenedBy opened)
    {
        var tcp = connection.Tcp;
        var again = opened.Incarnation > 1
            ? $" It is connection {opened.Incarnation} on these addresses and ports."
            : "";
        if (opened.IntoTimeWait >= 0)
        {
            again += $" Its SYN came {Quantity.Duration(opened.IntoTimeWait)} into the TIME_WAIT of the one before"
                + (opened.Handshake.Front >= 0 ? ", and was accepted." : ".");
        }

        if (opened.Midstream)
        {
            return "The capture begins in the middle of the connection: who opened it, and at what cost, was not seen." + again;
        }

        var handshake = opened.Handshake;
        var sinceSyn = Quantity.Duration(tcp.Last.Time.Since(tcp.First.Time));
        if (tcp.Close.How == CloseManner.Unanswered)
        {
            var copies = tcp.ClientEnd.Counters.Syns;
            return (copies > 1
                ? $"The client sent the same SYN {copies} times in {sinceSyn}, and nobody answered."
                : "The client sent a SYN, and nobody answered.") + again;
        }

        if (tcp.Close.How == CloseManner.Refused)
        {
            return $"The client sent a SYN, and a RST answered it after {Quantity.Duration(tcp.Close.Packet.Time.Since(tcp.First.Time))}." + again;
        }

        if (handshake.Total < 0)
        {
            return "The client opened the connection; the capture lacks a part of the handshake." + again;
        }

        var text = new StringBuilder($"The client opened the connection in {Quantity.Duration(handshake.Total)}");
        text.Append(handshake.Vantage switch
        {
            Vantage.Client => ": seen at the client.",
            Vantage.Server => ": seen at the server.",
            Vantage.Middle => $": {Quantity.Duration(handshake.Front)} between tap and server, "
                + $"{Quantity.Duration(handshake.Back)} between tap and client.",
            _ => ".",
        });
        var waited = handshake.SynRetransmissions - opened.SynAcksAfterAck;
        if (waited > 0)
        {
            var synAcks = int.Max(0, tcp.ServerEnd.Counters.SynAcks - 1 - opened.SynAcksAfterAck);
            text.Append(" That includes ").Append(string.Join(" and ", Repeated(waited - synAcks, synAcks))).Append('.');
            text.Append(opened.LastSynRoundTrip < 0 ? "" : $" From the last of them it took {Quantity.Duration(opened.LastSynRoundTrip)}: that is the round trip.");
        }

        text.Append(opened.SynAcksAfterAck == 0 ? ""
            : $" The server sent its SYN-ACK {Quantity.Count(opened.SynAcksAfterAck, "time", "times")} more, although the client had acknowledged "
                + "it: that ACK was lost behind the tap, or the server dropped it, as it does while its accept queue is full.");
        text.Append(handshake.SynCookiePossible
            ? " The SYN-ACK has the looks of a SYN cookie: it turns down the window scale and SACK that the client offered."
            : "");
        return text + again;
    }

    private static IEnumerable<string> Repeated(int syns, int synAcks)
    {
        if (syns > 0)
        {
            yield return Quantity.Count(syns, "repeated SYN", "repeated SYNs");
        }

        if (synAcks > 0)
        {
            yield return Quantity.Count(synAcks, "repeated SYN-ACK", "repeated SYN-ACKs");
        }
    }
}
