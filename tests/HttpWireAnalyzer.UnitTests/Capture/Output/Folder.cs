namespace HttpWireAnalyzer.UnitTests.Capture.Output;

/// <summary>A folder that a test writes to, gone when it ends.</summary>
internal sealed class Folder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("hwa-test-").FullName;

    /// <summary>Names of the files in it.</summary>
    public IReadOnlyList<string> Names =>
        [.. Directory.EnumerateFiles(_path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public string this[string name] => Path.Combine(_path, name);

    public CaptureReading Read(string name) => CaptureReading.Of(File.ReadAllBytes(this[name]));

    /// <summary>The seconds at which the file's packets came.</summary>
    public IEnumerable<double> TimesIn(string name) =>
        Read(name).Packets.Select(packet => Math.Round(packet.Nanoseconds / 1e9, 9));

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
