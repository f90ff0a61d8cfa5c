using HttpWireAnalyzer.Capture;

namespace HttpWireAnalyzer.UnitTests.Capture;

public sealed class CaptureGlobTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hwa-glob-");

    public CaptureGlobTests()
    {
        foreach (var name in (string[])["b.pcap", "a.pcap", "c.pcap"])
        {
            File.WriteAllText(Path.Combine(_folder.FullName, name), "");
        }
    }

    [Fact]
    public void Files_come_by_name() => Assert.Equal(
        ["a.pcap", "b.pcap", "c.pcap"], CaptureGlob.Find(_folder.FullName, "*.pcap", most: 3).Select(Path.GetFileName));

    [Fact]
    public void Too_many_are_refused_and_none_is_left_out() => Assert.Equal(
        "*.pcap: more than 2 files fit this: give patterns that fit fewer",
        Assert.Throws<CaptureFormatException>(() => CaptureGlob.Find(_folder.FullName, "*.pcap", most: 2)).Message);

    public void Dispose() => _folder.Delete(recursive: true);
}
