namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>The keys that a file brings, copied: they outlive the window.</summary>
internal sealed class SectionSecrets(RemarkLog log)
{
    private readonly List<CaptureSecrets> _all = [];
    private long _octets;

    public IReadOnlyList<CaptureSecrets> All => _all;

    public void Add(in BlockFrame frame, ReadOnlySpan<byte> octets, ByteOrder order, long offset)
    {
        if (octets.Length < DecryptionSecrets.LeastLength)
        {
            log.Note(
                Oddity.BlockTooShort,
                CaptureRemarkKind.Skipped,
                BlockErrors.TooShort(offset, frame, DecryptionSecrets.LeastLength));
            return;
        }

        DecryptionSecrets block = new(octets, order);
        var room = Math.Min(block.Room, CaptureLimits.SecretOctets - _octets);
        if (block.Length > room)
        {
            log.Note(
                Oddity.SecretsTooLong,
                CaptureRemarkKind.Skipped,
                BlockErrors.SecretsTooLong(offset, block.Length, room));
            return;
        }

        _octets += block.Length;
        _all.Add(new CaptureSecrets(block.Type, block.Data.ToArray()));
    }
}
