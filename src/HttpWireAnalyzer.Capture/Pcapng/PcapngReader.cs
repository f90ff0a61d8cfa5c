using HttpWireAnalyzer.Capture.Octets;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>The packets of one pcapng file, section by section.</summary>
internal sealed class PcapngReader : WindowReader, ISecretSource
{
    private readonly string _file;
    private readonly BlockRemarks _remarks;
    private readonly SectionInterfaces _interfaces = new();
    private readonly BlockSkip _skip = new();
    private readonly SectionSecrets? _secrets;
    private ByteOrder _order;
    private Timestamp _lastTime;
    private long _number;

    private PcapngReader(OctetWindow window, string file, bool keepsExtras)
        : base(window)
    {
        _file = file;
        RemarkLog log = new(file);
        _remarks = new BlockRemarks(log, window);
        _secrets = keepsExtras ? new SectionSecrets(log) : null;
    }

    public override IReadOnlyList<CaptureInterface> Interfaces => _interfaces.All;

    public override IReadOnlyList<CaptureRemark> Remarks => [.. _remarks.All, .. _interfaces.Undelivered(_file)];

    public IReadOnlyList<CaptureSecrets> Secrets => _secrets?.All ?? [];

    /// <param name="magic">The first octets; a section header block's type reads the same in both orders.</param>
    public static bool IsPcapng(ReadOnlySpan<byte> magic) => magic.SequenceEqual("\n\r\r\n"u8);

    /// <param name="window">Stands at the file's first octet; belongs to the reader.</param>
    public static PcapngReader Open(OctetWindow window, string file, bool keepsExtras)
    {
        PcapngReader reader = new(window, file, keepsExtras);
        while (true)
        {
            var status = SectionHeader.Parse(
                window.Unread, out var header, out var needed, out var error);
            if (status == BlockStatus.Complete)
            {
                reader.Begin(header);
                return reader;
            }

            if (status == BlockStatus.Invalid)
            {
                throw error.Refuse(file, "a pcapng file that cannot be read");
            }

            if (!window.Fill(needed))
            {
                throw FormatSniffer
                    .CutShort(window, $"a section header block of {FormatError.Number(needed)} octets")
                    .Refuse(file, "not a whole capture");
            }
        }
    }

    protected override void Take(PacketBatch batch)
    {
        while (!batch.IsFull && TakeBlock(batch))
        {
        }
    }

    /// <summary>Takes one block; false where it is not whole yet, or reading ended.</summary>
    private bool TakeBlock(PacketBatch batch)
    {
        if (_skip.IsActive)
        {
            return PassOver();
        }

        var octets = Window.Unread;
        if (octets.Length < BlockFrame.HeaderLength)
        {
            return NeedMore(BlockFrame.HeaderLength);
        }

        var frame = BlockFrame.Of(octets, _order);
        if (frame.Type == BlockType.SectionHeader)
        {
            return TakeSection();
        }

        if (frame.TotalLength < BlockFrame.LeastLength)
        {
            return Stop(BlockErrors.TooShort(Window.Offset, frame, BlockFrame.LeastLength));
        }

        if (!IsRead(frame.Type) || frame.PaddedLength > CaptureLimits.PacketOctets)
        {
            return BeginPassingOver(frame);
        }

        var length = (int)frame.PaddedLength;
        if (octets.Length < length)
        {
            return NeedMore(length);
        }

        if (!frame.IsClosedBy(octets, _order))
        {
            return Stop(BlockErrors.Unclosed(
                Window.Offset, frame, _order.U32(octets, length - BlockFrame.TrailerLength)));
        }

        _remarks.NoteUnpadded(frame);
        return TakeBody(batch, frame, octets[..length]);
    }

    private bool IsRead(BlockType type) => type is BlockType.EnhancedPacket or BlockType.InterfaceDescription
        or BlockType.InterfaceStatistics or BlockType.SimplePacket or BlockType.ObsoletePacket
        || (type == BlockType.DecryptionSecrets && _secrets is not null);

    private bool TakeBody(PacketBatch batch, in BlockFrame frame, ReadOnlySpan<byte> block)
    {
        switch (frame.Type)
        {
            case BlockType.InterfaceDescription when block.Length < InterfaceDescription.LeastLength:
                // Without it the section's interfaces would be counted wrongly, and every time with them.
                return Stop(BlockErrors.TooShort(Window.Offset, frame, InterfaceDescription.LeastLength));
            case BlockType.InterfaceDescription:
                _interfaces.Add(new InterfaceDescription(block, _order));
                break;
            case BlockType.InterfaceStatistics when block.Length >= InterfaceStatistics.LeastLength:
                TakeStatistics(new InterfaceStatistics(block, _order));
                break;
            case BlockType.InterfaceStatistics:
                _remarks.NoteSkipped(
                    Oddity.BlockTooShort,
                    BlockErrors.TooShort(Window.Offset, frame, InterfaceStatistics.LeastLength));
                break;
            case BlockType.DecryptionSecrets:
                _secrets?.Add(frame, block, _order, Window.Offset);
                break;
            default:
                TakePacket(batch, frame, block);
                break;
        }

        Window.Advance(block.Length);
        return true;
    }

    private void TakeStatistics(in InterfaceStatistics statistics)
    {
        _interfaces.Update(statistics);
        if (statistics.OddLength is { } length)
        {
            _remarks.NoteCountOfOddLength(length);
        }
    }

    // A block's end is known even where its packet makes no sense, so reading goes on after it.
    private void TakePacket(PacketBatch batch, in BlockFrame frame, ReadOnlySpan<byte> octets)
    {
        var least = PacketBlock.LeastLengthOf(frame.Type);
        if (octets.Length < least)
        {
            _remarks.NoteSkipped(Oddity.BlockTooShort, BlockErrors.TooShort(Window.Offset, frame, least));
            return;
        }

        PacketBlock block = new(octets, _order, frame.Type);
        var id = block.Interface;
        if (id >= _interfaces.Count)
        {
            _remarks.NoteSkipped(
                Oddity.UnknownInterface, BlockErrors.UnknownInterface(Window.Offset, id, _interfaces.Count));
            return;
        }

        ref readonly var from = ref _interfaces[id];
        var captured = block.CapturedLength(from.SnapLength);
        if (captured > block.Room)
        {
            _remarks.NoteSkipped(
                Oddity.PacketTooLongForBlock, BlockErrors.PacketTooLong(Window.Offset, captured, block.Room));
            return;
        }

        if (block.HasTime)
        {
            _lastTime = from.Scale.Time(block.Ticks);
        }
        else
        {
            _remarks.NoteNoTime();
        }

        if (!from.IsKnown)
        {
            _remarks.NoteUnknownLinkType(from.LinkType);
        }

        PacketRecord record = new(
            new PacketRef(++_number, _lastTime),
            Window.Start + block.DataOffset,
            (int)captured,
            (int)Math.Min(block.OriginalLength, int.MaxValue),
            from.LinkType,
            from.Index);
        if (_secrets is null)
        {
            batch.Add(record);
        }
        else
        {
            batch.Add(record, block.NotesBehind(captured));
        }
    }

    private bool TakeSection()
    {
        switch (SectionHeader.Parse(Window.Unread, out var header, out var needed, out var error))
        {
            case BlockStatus.Complete:
                Begin(header);
                return true;
            case BlockStatus.NeedMore:
                return NeedMore(needed);
            default:
                return Stop(error with { Offset = Window.Offset + error.Offset });
        }
    }

    private void Begin(in SectionHeader header)
    {
        _remarks.NoteUnpadded(header.Frame);
        if (!header.HasKnownMinorVersion)
        {
            _remarks.NoteMinorVersion(header.MinorVersion);
        }

        _order = header.Order;
        _interfaces.BeginSection();
        Window.Advance((int)header.Frame.PaddedLength);
    }

    private bool BeginPassingOver(in BlockFrame frame)
    {
        if (frame.Type == BlockType.InterfaceDescription)
        {
            return Stop(BlockErrors.TooLong(Window.Offset, frame));
        }

        if (IsRead(frame.Type))
        {
            _remarks.NoteSkipped(Oddity.BlockTooLong, BlockErrors.TooLong(Window.Offset, frame));
        }

        _remarks.NoteUnpadded(frame);
        _skip.Begin(frame, Window.Offset);
        return PassOver();
    }

    private bool PassOver() => _skip.Step(Window, _order, out var needed, out var error) switch
    {
        BlockStatus.Complete => true,
        BlockStatus.NeedMore => NeedMore(needed),
        _ => Stop(error),
    };

    private bool NeedMore(int octets)
    {
        Needed = octets;
        return false;
    }

    // Where a length is wrong the next block cannot be found: what looks like one may be a packet's octets.
    private bool Stop(in FormatError error)
    {
        HasEnded = true;
        _remarks.Add(CaptureRemarkKind.Damaged, error);
        return false;
    }

    protected override void NoteEnd()
    {
        var end = Window.Offset + Window.Length;
        if (Window.Source.Fault is { } fault)
        {
            _remarks.Add(fault.Kind, new FormatError(end, fault.Expected, fault.Found));
        }

        if (Window.Source.Fault is not (null or { Kind: CaptureRemarkKind.Odd }))
        {
            return;
        }

        if (_skip.IsActive)
        {
            _remarks.AddTruncated(_skip.Offset, _skip.Length, end - _skip.Offset);
        }
        else if (Window.Length > 0)
        {
            _remarks.AddTruncated(Window.Offset, Needed, Window.Length);
        }
    }
}
