using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Reporting.Packets;

/// <summary>Lines for people: made as packets come, and written in their order at the end.</summary>
public sealed class SortedPackets : IPacketSink, IDisposable
{
    private readonly StringWriter _line = new() { NewLine = "\n" };
    private readonly RecordOrder _order;
    private readonly IPacketSink _lines;
    private readonly List<(string Key, string Line)> _held = [];

    /// <param name="lines">Makes the lines.</param>
    public SortedPackets(RecordOrder order, Func<TextWriter, IPacketSink> lines)
    {
        _order = order;
        _lines = lines(_line);
    }

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        PacketFields.Write(segment, tracked, _order.Next);
        _lines.OnTracked(segment, tracked);
        Hold();
    }

    public void OnIcmpError(in IcmpError error)
    {
        PacketFields.Write(error, _order.Next);
        _lines.OnIcmpError(error);
        Hold();
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
        PacketFields.Write(packet, kind, _order.Next);
        _lines.OnOther(packet, kind);
        Hold();
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
        PacketFields.Write(packet, _order.Next);
        _lines.OnUndecodable(packet);
        Hold();
    }

    /// <summary>After the last packet.</summary>
    public void End(TextWriter output)
    {
        foreach (var (_, line) in _order.Sorted(_held, packet => packet.Key))
        {
            output.Write(line);
        }
    }

    public void Dispose() => _line.Dispose();

    private void Hold()
    {
        _held.Add((_order.Key, _line.ToString()));
        _line.GetStringBuilder().Clear();
    }
}
