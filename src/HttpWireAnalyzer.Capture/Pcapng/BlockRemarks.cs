using HttpWireAnalyzer.Capture.Octets;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>What is remarked on the blocks of a file, each at the offset where the window stands.</summary>
internal sealed class BlockRemarks(RemarkLog log, OctetWindow window)
{
    public IReadOnlyList<CaptureRemark> All => log.Remarks;

    /// <summary>What ends the reading.</summary>
    public void Add(CaptureRemarkKind kind, in FormatError error) => log.Add(kind, error);

    public void AddTruncated(long offset, long expected, long found) => Add(
        CaptureRemarkKind.Truncated,
        new FormatError(offset, $"a block of at least {FormatError.Number(expected)} octets", FormatError.End(found)));

    public void NoteSkipped(Oddity oddity, in FormatError error) => log.Note(oddity, CaptureRemarkKind.Skipped, error);

    /// <summary>A file may have nothing but such packets: it is worded for the first only.</summary>
    public void NoteUnknownLinkType(LinkType linkType)
    {
        if (!log.Repeats(Oddity.UnknownLinkType))
        {
            log.Add(
                Oddity.UnknownLinkType, CaptureRemarkKind.Skipped, FormatError.UnknownLinkType(window.Offset, linkType));
        }
    }

    public void NoteUnpadded(in BlockFrame frame)
    {
        if (frame.IsUnpadded)
        {
            NoteOdd(Oddity.UnpaddedBlock, BlockErrors.Unpadded(window.Offset, frame));
        }
    }

    public void NoteMinorVersion(ushort minor) =>
        NoteOdd(Oddity.UnknownMinorVersion, BlockErrors.MinorVersion(window.Offset, minor));

    public void NoteCountOfOddLength(int length) =>
        NoteOdd(Oddity.CountOfOddLength, BlockErrors.CountOfOddLength(window.Offset, length));

    /// <summary>A file may have nothing but such packets: it is worded for the first only.</summary>
    public void NoteNoTime()
    {
        if (!log.Repeats(Oddity.NoTime))
        {
            log.Add(Oddity.NoTime, CaptureRemarkKind.Odd, BlockErrors.NoTime(window.Offset));
        }
    }

    private void NoteOdd(Oddity oddity, in FormatError error) => log.Note(oddity, CaptureRemarkKind.Odd, error);
}
