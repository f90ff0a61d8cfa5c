using HttpWireAnalyzer.Capture.Live;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>The record of type "interface": what became of the packets of a live capture.</summary>
public static class InterfaceFields
{
    public static readonly FieldSet Set = new("interface");

    private static readonly Field Name = Set.Add("interface.name", Text, "The interface");
    private static readonly Field Received = Set.Add("interface.received", Number, "Packets that the filter accepted since the capture began");
    private static readonly Field Delivered = Set.Add("interface.delivered", Number, "Packets that came out of the kernel");
    private static readonly Field DroppedByKernel = Set.Add("interface.dropped.kernel", Number, "Packets for which the kernel's buffer had no room");
    private static readonly Field DroppedByInterface = Set.Add("interface.dropped.interface", Number, "Packets that the interface or its driver lost, where they are counted");
    private static readonly Field Bodies = Set.Add("interface.shed.bodies", Number, "Packets whose payload, without an HTTP head, was given up because analysis was behind");
    private static readonly Field Heads = Set.Add("interface.shed.heads", Number, "Packets whose payload with an HTTP head was given up");
    private static readonly Field Octets = Set.Add("interface.shed.octets", Number, "Payload octets of both");
    private static readonly Field Packets = Set.Add("interface.shed.packets", Number, "Packets given up as a whole: none with SYN, FIN or RST");
    private static readonly Field LostTail = Set.Add("interface.lost_tail", Number, "Packets that the filter accepted and that never came: in the last record of a capture those that are lost, before it those still in the kernel's buffer; absent where the system does not count so");

    public static void Write(LiveCounters counters, FieldSink sink)
    {
        sink.Text(Name, counters.Interface);
        sink.Number(Received, counters.Received);
        sink.Number(Delivered, counters.Delivered);
        sink.Number(DroppedByKernel, counters.DroppedByKernel);
        sink.Number(DroppedByInterface, counters.DroppedByInterface);
        sink.Number(Bodies, counters.Shed.Bodies);
        sink.Number(Heads, counters.Shed.Heads);
        sink.Number(Octets, counters.Shed.Octets);
        sink.Number(Packets, counters.Shed.Packets);
        if (counters.LostTail is { } tail)
        {
            sink.Number(LostTail, tail);
        }
    }
}
