using System.Globalization;
using HttpWireAnalyzer.Capture.Pcapng.Writing;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Output;

/// <summary>One file of a recording, from its section header to the counts of the interfaces at its end.</summary>
internal sealed class RecordedFile
{
    private readonly IPacketSource _source;
    private readonly string _path;
    private readonly Stream? _own;
    private readonly PcapngWriter _writer;
    private Timestamp _last;

    /// <param name="source">What is recorded: its interfaces and their counts go with the packets.</param>
    /// <param name="standardOutput">Written to in place of a file; null to create <paramref name="path"/>.</param>
    public RecordedFile(
        IPacketSource source, string path, Stream? standardOutput, bool overwrite, CaptureOrigin origin)
    {
        _source = source;
        _path = path;
        _own = standardOutput is null ? OutputFile.Create(path, overwrite) : null;
        _writer = new PcapngWriter(_own ?? standardOutput!, origin);
        _writer.AddInterfaces(source.Interfaces);
    }

    public long Octets => _writer.Octets;

    public long Packets => _writer.Packets;

    /// <summary>The time of the first packet; null before it.</summary>
    public Timestamp? Begin { get; private set; }

    public void Add(in PacketRecord record, ReadOnlySpan<byte> octets, PacketNotes? notes)
    {
        Begin ??= record.Packet.Time;
        _last = record.Packet.Time;
        try
        {
            if (record.Interface >= _writer.Interfaces)
            {
                _writer.AddInterfaces(_source.Interfaces);
            }

            _writer.Add(record, octets, notes);
        }
        catch (IOException error)
        {
            throw Failed(error);
        }
    }

    public void Flush()
    {
        try
        {
            _writer.Flush();
        }
        catch (IOException error)
        {
            throw Failed(error);
        }
    }

    public void End()
    {
        AddStatistics();
        Flush();
        _own?.Dispose();
    }

    private void AddStatistics()
    {
        var interfaces = _source.Interfaces;
        for (var id = 0; id < Math.Min(interfaces.Count, _writer.Interfaces); id++)
        {
            _writer.AddStatistics(id, _last, interfaces[id].Counts);
        }
    }

    /// <summary>What a full disk left is whole; the counts are added where there is room for them.</summary>
    private CaptureWriteException Failed(IOException error)
    {
        try
        {
            AddStatistics();
            _writer.Flush();
        }
        catch (IOException)
        {
            // No room for them either: the packets are worth more.
        }

        _own?.Dispose();
        var packets = _writer.Packets == 1 ? "1 packet" : string.Create(CultureInfo.InvariantCulture, $"{_writer.Packets} packets");
        return CaptureWriteException.CutShort(_path, packets, error);
    }
}
