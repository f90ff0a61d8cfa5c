using System.Runtime.Versioning;
using HttpWireAnalyzer.Capture.Output;

namespace HttpWireAnalyzer.UnitTests.Capture.Output;

[UnsupportedOSPlatform("windows")]
public sealed class OutputFileTests
{
    [Fact]
    public void A_file_is_its_owners_alone()
    {
        using Folder folder = new();
        using var file = OutputFile.Create(folder["new.pcapng"], overwrite: false);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.SafeFileHandle));
    }

    [Fact]
    public void A_file_that_is_there_stays_as_it_is()
    {
        using Folder folder = new();
        File.WriteAllText(folder["old.pcapng"], "old");
        var refused = Assert.Throws<CaptureWriteException>(
            () => OutputFile.Create(folder["old.pcapng"], overwrite: false));
        Assert.EndsWith("old.pcapng: there is a file of that name", refused.Message);
        Assert.True(refused.IsTaken);
        Assert.Equal("old", File.ReadAllText(folder["old.pcapng"]));
        Assert.Throws<CaptureWriteException>(() => OutputFile.RefuseIfTaken(folder["old.pcapng"], overwrite: false));
    }

    [Fact]
    public void What_is_overwritten_becomes_empty_and_its_owners_alone()
    {
        using Folder folder = new();
        File.WriteAllText(folder["old.pcapng"], "old");
        File.SetUnixFileMode(folder["old.pcapng"], (UnixFileMode)0b110_110_110);
        using var file = OutputFile.Create(folder["old.pcapng"], overwrite: true);
        Assert.Equal(0, file.Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.SafeFileHandle));
    }

    /// <summary>Another name of the same file, or who reads it meanwhile, keeps what it was.</summary>
    [Fact]
    public void What_is_overwritten_is_still_there_for_who_reads_it()
    {
        using Folder folder = new();
        File.WriteAllText(folder["old.pcapng"], "old");
        using FileStream reader = new(folder["old.pcapng"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var file = OutputFile.Create(folder["old.pcapng"], overwrite: true);
        Assert.Equal((3, 0), (reader.Length, file.Length));
    }

    [Fact]
    public void A_device_is_written_to_and_not_changed()
    {
        var before = File.GetUnixFileMode("/dev/null");
        foreach (var overwrite in (bool[])[false, true])
        {
            OutputFile.RefuseIfTaken("/dev/null", overwrite);
            using var device = OutputFile.Create("/dev/null", overwrite);
            device.Write([1, 2, 3]);
        }

        Assert.Equal(before, File.GetUnixFileMode("/dev/null"));
    }

    [Theory]
    [InlineData("no/such/folder/x.pcapng")]
    [InlineData("/")]
    [InlineData("")]
    public void A_path_that_cannot_be_written_is_one_sentence(string path)
    {
        var message = Assert.Throws<CaptureWriteException>(() => OutputFile.Create(path, overwrite: false)).Message;
        Assert.StartsWith(path + ": ", message);
        Assert.DoesNotContain('\n', message);
    }
}
