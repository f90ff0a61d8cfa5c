using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using HttpWireAnalyzer.Capture.Octets;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcap;

/// <summary>The packets of one pcap file, in any of its variants.</summary>
internal sealed class PcapReader : WindowReader
{
    /// <summary>Records from the one at hand to the one that is fetched: some hundred nanoseconds of reading records.</summary>
    private const int FetchedAhead = 8;

    private readonly RemarkLog _log;
    private readonly ByteOrder _order;
    private readonly LengthOrder _lengthOrder;
    private readonly LinkType _linkType;
    private readonly int _headerLength;
    private readonly int _nanosecondsPerUnit;
    private readonly uint _unitsPerSecond;
    private readonly uint _longestPacket;
    private long _number;

    /// <param name="window">Stands at the file's first octet; belongs to the reader.</param>
    public PcapReader(OctetWindow window, string file, in PcapFileHeader header)
        : base(window)
    {
        _log = new RemarkLog(file);
        _order = header.Order;
        _lengthOrder = header.LengthOrder;
        _linkType = header.LinkType;
        _headerLength = header.HasModifiedRecords ? PcapRecordHeader.ModifiedLength : PcapRecordHeader.UsualLength;
        _nanosecondsPerUnit = header.NanosecondsPerUnit;
        _unitsPerSecond = (uint)(Timestamp.NanosecondsPerSecond / _nanosecondsPerUnit);
        _longestPacket = Math.Clamp(header.SnapLength, CaptureLimits.UsualPacketOctets, CaptureLimits.PacketOctets);
        Interfaces = [new CaptureInterface(null, _linkType, header.SnapLength, null)];
        if (!FrameDecoder.IsKnown(_linkType))
        {
            _log.Add(CaptureRemarkKind.Skipped, FormatError.UnknownLinkType(PcapFileHeader.LinkTypeOffset, _linkType));
        }

        window.Advance(header.Length);
    }

    public override IReadOnlyList<CaptureInterface> Interfaces { get; }

    public override IReadOnlyList<CaptureRemark> Remarks => _log.Remarks;

    protected override void Take(PacketBatch batch)
    {
        var octets = Window.Unread;
        var headerLength = _headerLength;
        var start = Window.Start + headerLength;
        var number = _number;
        var taken = 0;
        while (!batch.IsFull)
        {
            var rest = octets[taken..];
            if (rest.Length < headerLength)
            {
                Needed = headerLength;
                break;
            }

            var header = PcapRecordHeader.Read(rest, _order);
            var (captured, original) = Lengths(header);
            if (captured > _longestPacket)
            {
                Stop(Window.Offset + taken, captured);
                break;
            }

            var length = headerLength + (int)captured;
            if (rest.Length < length)
            {
                Needed = length;
                break;
            }

            batch.Add(new PacketRecord(
                new PacketRef(++number, Time(header, taken)),
                start + taken,
                (int)captured,
                (int)Math.Min(original, int.MaxValue),
                _linkType,
                Interface: 0));
            taken += length;
            FetchAhead(octets, taken + (FetchedAhead * length));
        }

        _number = number;
        Window.Advance(taken);
    }

    // Where a record stands is known from the one before: a chain that waits for memory at each link, unless it is guessed
    // that packets of one length follow each other, as they do where there are most octets to each.
    private static unsafe void FetchAhead(ReadOnlySpan<byte> octets, int at)
    {
        if (Sse.IsSupported && at < octets.Length)
        {
            Sse.Prefetch0((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(octets)) + at);
        }
    }

    private (uint Captured, uint Original) Lengths(in PcapRecordHeader header)
    {
        var (first, second) = (header.FirstLength, header.SecondLength);
        var swapped = _lengthOrder == LengthOrder.OriginalFirst
            || (_lengthOrder == LengthOrder.Unsure && first > second);
        return swapped ? (second, first) : (first, second);
    }

    private Timestamp Time(in PcapRecordHeader header, int taken)
    {
        if (header.Fraction >= _unitsPerSecond)
        {
            NoteImpossibleFraction(Window.Offset + taken, header.Fraction);
        }

        // 2^32 seconds and 2^32 units fit: no octets can overflow this.
        return new Timestamp(
            (header.Seconds * Timestamp.NanosecondsPerSecond) + ((long)header.Fraction * _nanosecondsPerUnit));
    }

    private void NoteImpossibleFraction(long offset, uint fraction)
    {
        if (!_log.Repeats(Oddity.ImpossibleFraction))
        {
            _log.Add(Oddity.ImpossibleFraction, CaptureRemarkKind.Odd, new FormatError(
                offset,
                $"a fraction of a second below {FormatError.Number(_unitsPerSecond)}",
                $"{FormatError.Number(fraction)}, counted on into the next second"));
        }
    }

    // Records have no mark to find the next one by: after a length that cannot be right, nothing is certain.
    private void Stop(long offset, uint captured)
    {
        HasEnded = true;
        _log.Add(CaptureRemarkKind.Damaged, new FormatError(
            offset,
            $"a packet of at most {FormatError.Number(_longestPacket)} octets",
            $"a captured length of {FormatError.Number(captured)}"));
    }

    protected override void NoteEnd()
    {
        if (Window.Source.Fault is { } fault)
        {
            _log.Add(fault.Kind, new FormatError(Window.Offset + Window.Length, fault.Expected, fault.Found));
        }

        if (Window.Length > 0 && Window.Source.Fault is null or { Kind: CaptureRemarkKind.Odd })
        {
            var expected = Needed == _headerLength
                ? $"a record header of {FormatError.Number(_headerLength)} octets"
                : $"a record of {FormatError.Number(Needed)} octets";
            _log.Add(
                CaptureRemarkKind.Truncated,
                new FormatError(Window.Offset, expected, FormatError.End(Window.Length)));
        }
    }
}
