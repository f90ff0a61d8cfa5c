using HttpWireAnalyzer.Capture.Gzip;
using HttpWireAnalyzer.Capture.Octets;
using HttpWireAnalyzer.Capture.Pcap;
using HttpWireAnalyzer.Capture.Pcapng;

namespace HttpWireAnalyzer.Capture;

/// <summary>Tells a file's format from its first octets, never from its name, and opens its reader.</summary>
internal static class FormatSniffer
{
    private const int MagicLength = 4;

    /// <summary>Formats that the platform cannot unpack, and the tool that can.</summary>
    private static readonly (byte[] Magic, string Format, string Tool)[] Packed =
    [
        ([0x28, 0xb5, 0x2f, 0xfd], "zstd", "zstd -dc"),
        ([0x04, 0x22, 0x4d, 0x18], "lz4", "lz4 -dc"),
        ([0xfd, 0x37, 0x7a, 0x58], "xz", "xz -dc"),
        ([0x42, 0x5a, 0x68], "bzip2", "bzip2 -dc"),
    ];

    /// <param name="window">Disposed here if this throws.</param>
    public static IPacketSource Open(OctetWindow window, string file, bool keepsExtras)
    {
        try
        {
            window.Fill(MagicLength);
            if (GzipOctets.IsGzip(window.Unread))
            {
                window.Unpack((head, source) => new GzipOctets(head, source));
                window.Fill(MagicLength);
            }

            return OpenUnpacked(window, file, keepsExtras);
        }
        catch
        {
            window.Dispose();
            throw;
        }
    }

    private static IPacketSource OpenUnpacked(OctetWindow window, string file, bool keepsExtras)
    {
        var magic = window.Unread[..Math.Min(window.Length, MagicLength)];
        if (magic.Length == MagicLength && PcapFileHeader.LengthFor(magic) is int length and > 0)
        {
            return OpenPcap(window, file, length);
        }

        if (PcapngReader.IsPcapng(magic))
        {
            return PcapngReader.Open(window, file, keepsExtras);
        }

        throw NotACapture(window, file, magic);
    }

    private static PcapReader OpenPcap(OctetWindow window, string file, int length)
    {
        if (!window.Fill(length))
        {
            throw CutShort(window, $"a pcap file header of {FormatError.Number(length)} octets")
                .Refuse(file, "not a whole capture");
        }

        return PcapFileHeader.TryParse(window.Unread, out var header, out var error)
            ? new PcapReader(window, file, header)
            : throw error.Refuse(file, "a pcap file that cannot be read");
    }

    /// <summary>Why the octets from here on are too few.</summary>
    public static FormatError CutShort(OctetWindow window, string expected) => window.Source.Fault is { } fault
        ? new FormatError(window.Offset + window.Length, fault.Expected, fault.Found)
        : new FormatError(window.Offset, expected, FormatError.End(window.Length));

    private static CaptureFormatException NotACapture(OctetWindow window, string file, ReadOnlySpan<byte> magic)
    {
        foreach (var (packed, format, tool) in Packed)
        {
            if (magic.StartsWith(packed))
            {
                return new CaptureFormatException(
                    $"{file}: packed with {format}, which is not unpacked here: expected a pcap or pcapng magic number "
                    + $"at offset 0, found {FormatError.Octets(magic)}; use: {tool} {file} | hwa conns -");
            }
        }

        const string Expected = "a pcap or pcapng magic number";
        var error = (window.Source.Fault, magic.Length) switch
        {
            (not null, < MagicLength) => CutShort(window, Expected),
            (_, 0) => new FormatError(0, Expected, "an empty file"),
            _ => new FormatError(0, Expected, FormatError.Octets(magic)),
        };
        return error.Refuse(file, "not a capture");
    }
}
