using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Reporting.Packets;

/// <summary>Chosen fields of every packet as rows.</summary>
public sealed class PacketTable(IRowSink rows, IReadOnlyList<Field> chosen) : IPacketSink
{
    private readonly RowCells _cells = new(PacketFields.Set, chosen);

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        PacketFields.Write(segment, tracked, _cells);
        AddRow();
    }

    public void OnIcmpError(in IcmpError error)
    {
        PacketFields.Write(error, _cells);
        AddRow();
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
        PacketFields.Write(packet, kind, _cells);
        AddRow();
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
        PacketFields.Write(packet, _cells);
        AddRow();
    }

    private void AddRow()
    {
        rows.Add([.. _cells.Cells]);
        _cells.Clear();
    }
}
