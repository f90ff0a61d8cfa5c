using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The record of type "packet".</summary>
public static class PacketFields
{
    public static readonly FieldSet Set = new("packet");

    private static readonly (TcpFlags Flag, Word Word)[] FlagWords =
    [
        (TcpFlags.Syn, new Word("syn")), (TcpFlags.Fin, new Word("fin")), (TcpFlags.Rst, new Word("rst")),
        (TcpFlags.Psh, new Word("psh")), (TcpFlags.Ack, new Word("ack")), (TcpFlags.Urg, new Word("urg")),
        (TcpFlags.Ece, new Word("ece")), (TcpFlags.Cwr, new Word("cwr")), (TcpFlags.Ae, new Word("ae")),
    ];

    private static readonly Word[] Checksums = [new("unverifiable"), new("good"), new("bad")];
    private static readonly Word Tcp = new("tcp");
    private static readonly Word Icmp = new("icmp_error");
    private static readonly Word[] Others = [new("not_ip"), new("not_tcp"), new("fragment")];
    private static readonly Word UndecodableWord = new("undecodable");

    private static readonly Field Number = Set.Add("packet.number", FieldKind.Number, "Counted from 1 over all files");
    private static readonly Field At = Set.Add("packet.time", Time, "As the capture gives it");
    private static readonly Field Kind = Set.Add("packet.kind", [Tcp, Icmp, .. Others, UndecodableWord], "tcp, icmp_error, not_ip, not_tcp, fragment, undecodable");
    private static readonly Field Connection = Set.Add("conn.id", FieldKind.Number, "The connection");
    private static readonly Field Sender = Set.Add("packet.sender", Words.Sides, "client or server, as known at that packet");
    private static readonly Field SourceAddress = Set.Add("source.address", FieldKind.Address, "Innermost source address");
    private static readonly Field SourcePort = Set.Add("source.port", FieldKind.Number, "TCP port");
    private static readonly Field DestinationAddress = Set.Add("destination.address", FieldKind.Address, "Innermost destination address");
    private static readonly Field DestinationPort = Set.Add("destination.port", FieldKind.Number, "TCP port");
    private static readonly Field Flags = Set.AddList("tcp.flags", [.. FlagWords.Select(entry => entry.Word)], "Control bits that are set");
    private static readonly Field Sequence = Set.Add("tcp.seq", FieldKind.Number, "Sequence number as sent");
    private static readonly Field Offset = Set.Add("tcp.offset", FieldKind.Number, "Stream offset of the first payload octet; absent for a SYN");
    private static readonly Field Length = Set.Add("tcp.len", FieldKind.Number, "Payload octets on the wire");
    private static readonly Field Acknowledged = Set.Add("tcp.acked", FieldKind.Number, "How far it acknowledges the other stream");
    private static readonly Field Window = Set.Add("tcp.window", FieldKind.Number, "Receive window in octets, scaled; absent where the scale is not known");
    private static readonly Field Checksum = Set.Add("tcp.checksum", Checksums, "unverifiable, good, bad");
    private static readonly SegmentDiagnosisFields Diagnosis = new(Set);
    private static readonly Field ClientState = Set.Add("conn.state.client", Words.TcpStates, "State of the client after it");
    private static readonly Field ServerState = Set.Add("conn.state.server", Words.TcpStates, "State of the server after it");
    private static readonly Field IcmpType = Set.Add("icmp.type", FieldKind.Number, "Type of the ICMP error");
    private static readonly Field IcmpCode = Set.Add("icmp.code", FieldKind.Number, "Code of the ICMP error");
    private static readonly Field ErrorLayer = Set.Add("packet.error.layer", Text, "Layer that could not be read");
    private static readonly Field ErrorKind = Set.Add("packet.error.kind", Text, "What was wrong with it");
    private static readonly Field ErrorOffset = Set.Add("packet.error.offset", FieldKind.Number, "Where the layer begins in the packet");
    private static readonly Field ErrorNeeded = Set.Add("packet.error.needed", FieldKind.Number, "Octets, or the value, that it wanted");
    private static readonly Field ErrorAvailable = Set.Add("packet.error.available", FieldKind.Number, "What there was");

    /// <summary>Wireshark's names of the control bits.</summary>
    private static readonly (TcpFlags Flag, Field Field)[] FlagFields =
    [
        (TcpFlags.Syn, Set.AddOnRequest("tcp.flags.syn", Flag, "SYN is set")),
        (TcpFlags.Fin, Set.AddOnRequest("tcp.flags.fin", Flag, "FIN is set")),
        (TcpFlags.Rst, Set.AddOnRequest("tcp.flags.reset", Flag, "RST is set")),
        (TcpFlags.Psh, Set.AddOnRequest("tcp.flags.push", Flag, "PSH is set")),
        (TcpFlags.Ack, Set.AddOnRequest("tcp.flags.ack", Flag, "ACK is set")),
        (TcpFlags.Urg, Set.AddOnRequest("tcp.flags.urg", Flag, "URG is set")),
        (TcpFlags.Ece, Set.AddOnRequest("tcp.flags.ece", Flag, "ECE is set")),
        (TcpFlags.Cwr, Set.AddOnRequest("tcp.flags.cwr", Flag, "CWR is set")),
        (TcpFlags.Ae, Set.AddOnRequest("tcp.flags.ae", Flag, "AE is set (RFC 9768)")),
    ];

    public static void Write(in TcpSegment segment, in TrackedSegment tracked, FieldSink sink)
    {
        WritePlace(segment.Packet, Tcp, sink);
        sink.Number(Connection, tracked.Connection.Number);
        sink.Word(Sender, Words.Sides[(int)tracked.Sender]);
        WriteEnds(segment.Source, segment.Destination, sink);
        if (sink.Wants(Flags))
        {
            WriteFlags(segment.Header.Flags, sink);
        }

        sink.Number(Sequence, segment.Header.Sequence.Value);
        sink.NumberIfKnown(Offset, (segment.Header.Flags & TcpFlags.Syn) == 0 ? tracked.Offset : -1);
        sink.Number(Length, segment.PayloadLengthOnWire);
        sink.NumberIfKnown(Acknowledged, tracked.Acknowledged);
        sink.NumberIfKnown(Window, tracked.Window);
        sink.Word(Checksum, Checksums[int.Min((int)segment.Checksum, (int)ChecksumVerdict.Bad)]);
        Diagnosis.Write(tracked.Diagnosis, sink);
        sink.Word(ClientState, Words.TcpStates[(int)tracked.ClientState]);
        sink.Word(ServerState, Words.TcpStates[(int)tracked.ServerState]);
        if (sink.WantsOnRequest)
        {
            foreach (var (flag, field) in FlagFields)
            {
                sink.Flag(field, (segment.Header.Flags & flag) != 0);
            }
        }
    }

    internal static void Write(in IcmpError error, FieldSink sink)
    {
        WritePlace(error.Packet, Icmp, sink);
        WriteEnds(error.QuotedSource, error.QuotedDestination, sink);
        sink.Number(IcmpType, error.Reason.Type);
        sink.Number(IcmpCode, error.Reason.Code);
    }

    internal static void Write(PacketRef packet, OtherPacket kind, FieldSink sink) =>
        WritePlace(packet, Others[(int)kind], sink);

    internal static void Write(in UndecodablePacket packet, FieldSink sink)
    {
        WritePlace(packet.Packet, UndecodableWord, sink);
        if (packet.Ends is { } ends)
        {
            WriteEnds(ends.Source, ends.Destination, sink);
        }

        var error = packet.Error;
        sink.Text(ErrorLayer, Words.SnakeCase(error.Layer.ToString()));
        sink.Text(ErrorKind, Words.SnakeCase(error.Kind.ToString()));
        sink.Number(ErrorOffset, error.Offset);
        sink.Number(ErrorNeeded, error.Needed);
        sink.Number(ErrorAvailable, error.Available);
    }

    private static void WriteFlags(TcpFlags flags, FieldSink sink)
    {
        var room = default(RoomForFlags);
        Span<Word> words = room;
        var count = 0;
        foreach (var (flag, word) in FlagWords)
        {
            if ((flags & flag) != 0)
            {
                words[count++] = word;
            }
        }

        sink.List(Flags, words[..count]);
    }

    private static void WritePlace(PacketRef packet, Word kind, FieldSink sink)
    {
        sink.Number(Number, packet.Number);
        sink.Time(At, packet.Time);
        sink.Word(Kind, kind);
    }

    private static void WriteEnds(Wire.Ip.Endpoint source, Wire.Ip.Endpoint destination, FieldSink sink)
    {
        sink.Address(SourceAddress, source.Address);
        sink.Number(SourcePort, source.Port);
        sink.Address(DestinationAddress, destination.Address);
        sink.Number(DestinationPort, destination.Port);
    }

    /// <summary>One place for each control bit.</summary>
    [InlineArray(9)]
    private struct RoomForFlags
    {
        private Word _first;
    }
}
