using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcapng.Writing;

/// <summary>
/// Writes one pcapng section: little-endian, nanoseconds, whole blocks. What a full disk did not take is counted, and
/// the file cut back to the last block that is whole.
/// </summary>
public sealed class PcapngWriter
{
    /// <summary>Octets written at a time: the system call costs nothing beside its copy.</summary>
    private const int BufferOctets = 256 * 1024;

    private readonly Stream _stream;
    private readonly BlockBuffer _buffer = new(BufferOctets * 2);
    private readonly HashSet<CaptureSecrets> _secrets = new(ReferenceEqualityComparer.Instance);
    private long _flushed;
    private long _packetsFlushed;

    /// <param name="stream">At its beginning; the caller keeps it.</param>
    public PcapngWriter(Stream stream, CaptureOrigin origin)
    {
        _stream = stream;
        SectionHeaderBlock.Write(_buffer, origin);
    }

    /// <summary>Of the section so far, with what is not flushed.</summary>
    public long Octets => _flushed + _buffer.Length;

    /// <summary>In the section so far, with what is not flushed; without what a full disk did not take.</summary>
    public long Packets { get; private set; }

    /// <summary>Interfaces described so far.</summary>
    public int Interfaces { get; private set; }

    /// <summary>Describes those that are not described yet. Before the first packet of each.</summary>
    /// <param name="known">All of them, in the order of <see cref="PacketRecord.Interface"/>.</param>
    public void AddInterfaces(IReadOnlyList<CaptureInterface> known)
    {
        for (; Interfaces < known.Count; Interfaces++)
        {
            InterfaceDescriptionBlock.Write(_buffer, known[Interfaces]);
        }
    }

    /// <summary>Writes the keys that are not written yet. Before the packets that need them.</summary>
    public void AddSecrets(IReadOnlyList<CaptureSecrets> known)
    {
        if (known.Count == _secrets.Count)
        {
            return;
        }

        foreach (var secrets in known)
        {
            if (_secrets.Add(secrets))
            {
                DecryptionSecretsBlock.Write(_buffer, secrets);
            }
        }
    }

    /// <exception cref="IOException">The stream takes no more.</exception>
    public void Add(in PacketRecord record, ReadOnlySpan<byte> octets, PacketNotes? notes = null)
    {
        EnhancedPacketBlock.Write(_buffer, record, octets, notes);
        Packets++;
        if (_buffer.Length >= BufferOctets)
        {
            Flush();
        }
    }

    /// <param name="id">Of an interface that is described.</param>
    /// <param name="time">When the counts were taken.</param>
    public void AddStatistics(int id, Timestamp time, in InterfaceCounts counts) =>
        InterfaceStatisticsBlock.Write(_buffer, (uint)id, time, counts);

    /// <summary>Gives the stream what it does not have yet.</summary>
    /// <exception cref="IOException">The stream takes no more; what it took is whole blocks, if it can be cut.</exception>
    public void Flush()
    {
        try
        {
            _stream.Write(_buffer.Octets);
            _flushed += _buffer.Length;
            _packetsFlushed = Packets;
            _buffer.Clear();
        }
        catch (IOException)
        {
            KeepWholeBlocks();
            throw;
        }
    }

    private void KeepWholeBlocks()
    {
        Packets = _packetsFlushed;
        if (_stream.CanSeek)
        {
            var end = _stream.Length;
            for (var blocks = _buffer.Octets; !blocks.IsEmpty;)
            {
                var frame = BlockFrame.Of(blocks, new ByteOrder(IsBigEndian: false));
                if (_flushed + frame.TotalLength > end)
                {
                    break;
                }

                _flushed += frame.TotalLength;
                Packets += frame.Type == BlockType.EnhancedPacket ? 1 : 0;
                blocks = blocks[(int)frame.TotalLength..];
            }

            if (end > _flushed)
            {
                _stream.SetLength(_flushed);
            }

            _stream.Position = _flushed;
        }

        _packetsFlushed = Packets;
        _buffer.Clear();
    }
}
