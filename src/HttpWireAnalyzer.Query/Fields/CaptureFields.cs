using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The records of type "remark" and "capture": the last lines of every JSON output.</summary>
public static class CaptureFields
{
    public static readonly FieldSet Set = new("capture");

    public static readonly FieldSet RemarkSet = new("remark");

    private static readonly Field Packets = Set.Add("capture.packets", Number, "Packets read: the sum of the kinds that follow");
    private static readonly Field Tcp = Set.Add("capture.packets.tcp", Number, "Frames whose innermost packet is TCP; a fragmented segment counts once");
    private static readonly Field Icmp = Set.Add("capture.packets.icmp_error", Number, "ICMP errors that quote a TCP segment");
    private static readonly Field NotIp = Set.Add("capture.packets.not_ip", Number, "Not IP");
    private static readonly Field NotTcp = Set.Add("capture.packets.not_tcp", Number, "IP that carries no TCP");
    private static readonly Field Fragments = Set.Add("capture.packets.fragment", Number, "Fragments held for the one that completes their datagram");
    private static readonly Field Undecodable = Set.Add("capture.packets.undecodable", Number, "Cut short or wrong below TCP");
    private static readonly Field HeadersCut = Set.Add("capture.packets.tcp_header_cut", Number, "Of the undecodable: TCP whose header was not captured whole; absent without");
    private static readonly Field Late = Set.Add("capture.packets.tcp_late", Number, "Of the TCP ones: those that came after their connection had been closed for long, and that no connection counts; absent without");
    private static readonly Field Evicted = Set.Add("capture.connections.evicted", Number, "Connections of a live capture that were let go while open, because there were too many; absent without");
    private static readonly Field Octets = Set.Add("capture.octets", Number, "Captured octets");
    private static readonly Field Start = Set.Add("capture.start", Time, "Earliest packet");
    private static readonly Field End = Set.Add("capture.end", Time, "Latest packet");
    private static readonly Field DurationOf = Set.Add("capture.duration", Duration, "Earliest packet to latest");
    private static readonly Field Links = Set.Add("capture.link_types", FieldKind.List, "Link types of its interfaces, by name or number");
    private static readonly Field Dropped = Set.Add("capture.dropped", Number, "Packets that the capture admits to have lost; absent where it does not say");
    private static readonly Field Interrupted = Set.Add("capture.interrupted", Flag, "true where reading was stopped by a signal");
    private static readonly Field Remarks = Set.Add("capture.remarks", Number, "Remarks on the file: as many records of type \"remark\" stand before this one");

    private static readonly Field Kind = RemarkSet.Add("remark.kind", Words.FileRemarks, "truncated, damaged, odd, skipped, lost");
    private static readonly Field File = RemarkSet.Add("remark.file", Text, "As given; - is standard input; of a live capture the interface");
    private static readonly Field Offset = RemarkSet.Add("remark.offset", Number, "Octets from the start of the file, unpacked; absent where it shows in no one place");
    private static readonly Field Expected = RemarkSet.Add("remark.expected", Text, "What the format wants there");
    private static readonly Field Found = RemarkSet.Add("remark.found", Text, "What was there");

    public static void Write(CaptureTotals totals, FieldSink sink)
    {
        var kinds = totals.Kinds;
        sink.Number(Packets, kinds.Packets);
        sink.Number(Tcp, kinds.Tcp);
        sink.Number(Icmp, kinds.IcmpErrors);
        sink.Number(NotIp, kinds.NotIp);
        sink.Number(NotTcp, kinds.NotTcp);
        sink.Number(Fragments, kinds.FragmentsHeld);
        sink.Number(Undecodable, kinds.Undecodable);
        sink.NumberIfAny(HeadersCut, kinds.TcpHeadersCut);
        sink.NumberIfAny(Late, totals.LateSegments);
        sink.NumberIfAny(Evicted, totals.Evicted);
        sink.Number(Octets, totals.Octets);
        if (totals.Packets > 0)
        {
            sink.Time(Start, totals.Earliest);
            sink.Time(End, totals.Latest);
            sink.Duration(DurationOf, totals.Latest.Since(totals.Earliest));
        }

        sink.Texts(Links, [.. LinkTypes(totals)]);
        if (totals.Lost is { } dropped)
        {
            sink.Number(Dropped, dropped);
        }

        sink.FlagIfSet(Interrupted, totals.Interrupted);
        sink.Number(Remarks, totals.Remarks.Count);
    }

    public static void Write(CaptureRemark remark, FieldSink sink)
    {
        sink.Word(Kind, Words.FileRemarks[(int)remark.Kind]);
        sink.Text(File, remark.Source);
        sink.NumberIfKnown(Offset, remark.Offset);
        sink.Text(Expected, remark.Expected);
        sink.Text(Found, remark.Found);
    }

    /// <summary>Each once, in the order of the interfaces.</summary>
    internal static IEnumerable<string> LinkTypes(CaptureTotals totals) =>
        totals.Interfaces.Select(one => one.LinkType.ToString()).Distinct();
}
