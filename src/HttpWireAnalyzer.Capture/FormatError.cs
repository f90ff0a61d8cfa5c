using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture;

/// <summary>What a format wanted at an offset, and what was there: the body of a remark and of a refusal.</summary>
internal readonly record struct FormatError(long Offset, string Expected, string Found)
{
    public CaptureFormatException Refuse(string file, string verdict) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{file}: {verdict}: expected {Expected} at offset {Offset}, found {Found}"));

    /// <summary>The packets come all the same, to be counted and written.</summary>
    public static FormatError UnknownLinkType(long offset, LinkType linkType) => new(
        offset, "a link type that can be decoded", $"{Number((int)linkType)}, whose packets tell nothing here");

    /// <summary>The file's end, after <paramref name="octets"/> octets of what was expected.</summary>
    public static string End(long octets) => octets == 0
        ? "the end of the file"
        : string.Create(CultureInfo.InvariantCulture, $"the end of the file after {octets} octets");

    /// <summary>Octets as <c>48 65 6c 6c ("Hell")</c>: a number to look up, and the text if it is one.</summary>
    public static string Octets(ReadOnlySpan<byte> octets)
    {
        StringBuilder text = new();
        foreach (var octet in octets)
        {
            text.Append(CultureInfo.InvariantCulture, $"{octet:x2} ");
        }

        text.Append("(\"");
        foreach (var octet in octets)
        {
            text.Append(octet is >= 0x20 and < 0x7f ? (char)octet : '.');
        }

        return text.Append("\")").ToString();
    }

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
