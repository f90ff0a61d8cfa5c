using System.Globalization;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Output;

/// <summary>Names of files that follow each other, as dumpcap gives them: name_00001_20261125193540.pcapng.</summary>
/// <param name="zone">Whose time the names tell; dumpcap's is the machine's.</param>
internal sealed class FileNames(string path, TimeZoneInfo zone)
{
    private readonly string _extension = Path.GetExtension(path);
    private int _number;

    /// <param name="begin">The time of the file's first packet.</param>
    public string Next(Timestamp begin)
    {
        _number++;
        var time = TimeZoneInfo.ConvertTimeFromUtc(
            DateTime.UnixEpoch.AddTicks(begin.Nanoseconds / TimeSpan.NanosecondsPerTick), zone);
        var stem = path[..^_extension.Length];
        return string.Create(CultureInfo.InvariantCulture, $"{stem}_{_number:00000}_{time:yyyyMMddHHmmss}{_extension}");
    }
}
