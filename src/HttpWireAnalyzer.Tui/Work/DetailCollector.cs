using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Slicing;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Keeps the packets and the streams of one connection.</summary>
internal sealed class DetailCollector(int number, FrameWindow window) : IPacketSink, IStreamSink
{
    private readonly List<PacketDetail> _packets = [];
    private readonly List<StreamPiece> _pieces = [];
    private PacketRef _quoting;
    private long _packetOctets;
    private long _streamOctets;

    public IReadOnlyList<PacketDetail> Packets => _packets;

    public IReadOnlyList<StreamPiece> Pieces => _pieces;

    public long PacketsLeftOut { get; private set; }

    public long OctetsLeftOut { get; private set; }

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        if (tracked.Connection.Number == number && TryKeep(segment.Packet, out var record, out var octets))
        {
            _packets.Add(new PacketDetail
            {
                Record = record,
                Octets = octets,
                Sender = tracked.Sender,
                Flags = segment.Header.Flags,
                PayloadLength = segment.PayloadLengthOnWire,
                Tracked = tracked,
            });
        }
    }

    public void OnIcmpError(in IcmpError error)
    {
        // Whose it is, tracking has said before it came.
        if (error.Packet == _quoting && TryKeep(error.Packet, out var record, out var octets))
        {
            _packets.Add(new PacketDetail { Record = record, Octets = octets });
        }
    }

    public void OnRemark(in TcpRemark remark)
    {
        if (remark.Kind == TcpRemarkKind.IcmpError && remark.Connection.Number == number)
        {
            _quoting = remark.Packet;
        }
    }

    public void OnChunk(in StreamChunk chunk)
    {
        if (chunk.Connection.Number != number)
        {
            return;
        }

        var kept = chunk.Octets[..(int)long.Min(chunk.Octets.Length, RowLimits.StreamOctets - _streamOctets)];
        OctetsLeftOut += chunk.Octets.Length - kept.Length;
        if (!kept.IsEmpty)
        {
            _streamOctets += kept.Length;
            _pieces.Add(new StreamPiece(chunk.Sender, chunk.Offset, chunk.Contiguous, kept.ToArray(), 0));
        }
    }

    public void OnGap(in StreamGap gap)
    {
        if (gap.Connection.Number == number && OctetsLeftOut == 0)
        {
            _pieces.Add(new StreamPiece(gap.Sender, gap.Offset, gap.NoticedAt, [], gap.Length));
        }
    }

    public void OnOther(PacketRef packet, OtherPacket kind)
    {
    }

    public void OnUndecodable(in UndecodablePacket packet)
    {
    }

    public void OnOpened(in ConnectionOpening opening)
    {
    }

    public void OnEnd(in StreamEnd end)
    {
    }

    public void OnStateChange(in TcpStateChange change)
    {
    }

    public uint StateInputs => 0;

    public void OnClosed(in TcpSummary summary)
    {
    }

    private bool TryKeep(PacketRef packet, out PacketRecord record, out byte[] octets)
    {
        if (_packets.Count == RowLimits.PacketsOfConnection || _packetOctets >= RowLimits.PacketOctets)
        {
            PacketsLeftOut++;
            (record, octets) = (default, []);
            return false;
        }

        var frame = window.Find(packet);
        record = frame.Record;
        octets = frame.Octets.ToArray();
        _packetOctets += octets.Length;
        return true;
    }
}
