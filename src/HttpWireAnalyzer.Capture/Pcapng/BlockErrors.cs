using System.Globalization;

namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>The words for blocks that are not as the draft has them.</summary>
internal static class BlockErrors
{
    public static FormatError TooShort(long offset, in BlockFrame frame, int least) => new(
        offset,
        $"a block of at least {FormatError.Number(least)} octets",
        $"a block length of {FormatError.Number(frame.TotalLength)} for type {Type(frame)}");

    public static FormatError TooLong(long offset, in BlockFrame frame) => new(
        offset,
        $"a block of at most {FormatError.Number(CaptureLimits.PacketOctets)} octets",
        $"a block length of {FormatError.Number(frame.TotalLength)} for type {Type(frame)}");

    public static FormatError Unclosed(long offset, in BlockFrame frame, uint trailer) => new(
        offset,
        $"a block that ends with its length of {FormatError.Number(frame.TotalLength)}",
        $"a length of {FormatError.Number(trailer)} after a block of type {Type(frame)}");

    public static FormatError Unpadded(long offset, in BlockFrame frame) => new(
        offset,
        "a block length that is a multiple of 4",
        $"{FormatError.Number(frame.TotalLength)}, read as {FormatError.Number(frame.PaddedLength)}");

    public static FormatError UnknownInterface(long offset, uint id, int described) => new(
        offset,
        $"an interface described before, of {FormatError.Number(described)}",
        $"interface {FormatError.Number(id)}, its packets passed over");

    public static FormatError PacketTooLong(long offset, uint captured, long room) => new(
        offset,
        $"a packet of at most {FormatError.Number(room)} octets, the room in its block",
        $"a captured length of {FormatError.Number(captured)}, the packet passed over");

    public static FormatError SecretsTooLong(long offset, uint length, long room) => new(
        offset,
        $"keys of at most {FormatError.Number(room)} octets",
        $"a length of {FormatError.Number(length)}, the keys passed over");

    public static FormatError CountOfOddLength(long offset, int length) => new(
        offset,
        "counts of an interface of 8 octets each",
        $"an option of {FormatError.Number(length)}, passed over");

    public static FormatError NoTime(long offset) => new(
        offset,
        "a capture time",
        "a simple packet block, which has none: the time of the packet before it stands for it");

    public static FormatError MinorVersion(long offset, ushort minor) => new(
        offset, "pcapng version 1.0", $"1.{FormatError.Number(minor)}, read as 1.0");

    private static string Type(in BlockFrame frame) =>
        string.Create(CultureInfo.InvariantCulture, $"0x{(uint)frame.Type:x8}");
}
