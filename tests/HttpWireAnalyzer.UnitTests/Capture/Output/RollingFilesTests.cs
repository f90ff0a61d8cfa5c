using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture.Output;

/// <remarks>A file of the test's packets: 80 octets of headers, then 92 a packet.</remarks>
public sealed class RollingFilesTests
{
    [Fact]
    public void One_file_has_every_packet_and_the_counts()
    {
        using Folder folder = new();
        var files = Record(folder, "x.pcapng", new ListedSource().Packets(1, 2).Idle(9).Packets(10));

        Assert.Equal(["x.pcapng"], folder.Names);
        Assert.Equal([1, 2, 10], folder.TimesIn("x.pcapng"));
        Assert.Equal(3, Assert.Single(folder.Read("x.pcapng").Interfaces).Dropped);
        Assert.Equal((3, 1, false), (files.Packets, files.Files, files.IsDone));
    }

    [Fact]
    public void What_has_come_is_in_the_file_when_nobody_waits()
    {
        using Folder folder = new();
        var source = new ListedSource().Packets(1, 2);
        RollingFiles files = new(source, Options(folder, "x.pcapng"), TimeProvider.System);
        PacketBatch batch = new();
        source.Read(batch);
        files.Take(batch);
        Assert.Equal([1, 2], folder.TimesIn("x.pcapng"));
        files.End();
    }

    [Fact]
    public void A_file_is_followed_by_another_after_so_many_packets()
    {
        using Folder folder = new();
        Record(folder, "x.y.pcapng", new ListedSource().Packets(1, 2, 3, 4, 5, 6), rotation: new FileLimits(null, null, 2));

        Assert.Equal([1, 2], folder.TimesIn(Name(folder, 1)));
        Assert.Equal([3, 4], folder.TimesIn(Name(folder, 2)));
        Assert.Equal([5, 6], folder.TimesIn(Name(folder, 3)));
        Assert.Equal(3, folder.Names.Count);
        Assert.Equal("x.y_00003_19700101000005.pcapng", folder.Names[2]);
        Assert.All(folder.Names, name => Assert.Equal(3, folder.Read(name).Interfaces[0].Dropped));
    }

    [Fact]
    public void A_file_ends_with_the_packet_that_reaches_its_size()
    {
        using Folder folder = new();
        Record(folder, "x.pcapng", new ListedSource().Packets(1, 2, 3), rotation: new FileLimits(200, null, null));

        Assert.Equal([1, 2], folder.TimesIn(Name(folder, 1)));
        Assert.Equal([3], folder.TimesIn(Name(folder, 2)));
    }

    [Fact]
    public void A_file_lasts_from_its_first_packet_and_ends_without_another()
    {
        using Folder folder = new();
        Record(
            folder,
            "x.pcapng",
            new ListedSource().Packets(100, 104.9, 105).Idle(109.9).Packets(109.95).Idle(110).Packets(112),
            rotation: new FileLimits(null, TimeSpan.FromSeconds(5), null));

        Assert.Equal([100, 104.9], folder.TimesIn(Name(folder, 1)));
        Assert.Equal([105, 109.95], folder.TimesIn(Name(folder, 2)));
        Assert.Equal([112], folder.TimesIn(Name(folder, 3)));
    }

    [Fact]
    public void Of_a_ring_the_last_files_stay()
    {
        using Folder folder = new();
        var files = Record(
            folder, "x.pcapng", new ListedSource().Packets(1, 2, 3, 4, 5), rotation: new FileLimits(null, null, 1), kept: 2);

        Assert.Equal([4], folder.TimesIn(Name(folder, 4)));
        Assert.Equal([5], folder.TimesIn(Name(folder, 5)));
        Assert.Equal((2, 5), (folder.Names.Count, files.Files));
    }

    [Fact]
    public void It_stops_with_the_packet_that_is_enough()
    {
        using Folder folder = new();
        var source = new ListedSource().Packets(1, 2).Packets(3, 4, 5);
        RollingFiles files = new(source, Options(folder, "x.pcapng") with { StopAfterOctets = 350 }, TimeProvider.System);
        RecordedSource recorded = new(source, files);

        // What is analysed is what is in the file.
        Assert.Equal(3, CaptureReading.Of(recorded).Packets.Count);
        files.End();
        Assert.Equal([1, 2, 3], folder.TimesIn("x.pcapng"));
        Assert.True(files.IsDone);
    }

    [Fact]
    public void It_stops_when_so_many_files_are_full()
    {
        using Folder folder = new();
        var files = Record(
            folder, "x.pcapng", new ListedSource().Packets(1, 2, 3, 4, 5), rotation: new FileLimits(null, null, 2), stopAfterFiles: 2);

        Assert.Equal((2, 4L, true), (folder.Names.Count, files.Packets, files.IsDone));
    }

    [Fact]
    public void A_pipe_gets_what_a_file_would()
    {
        using MemoryStream pipe = new();
        var source = new ListedSource().Packets(1, 2);
        RollingFiles files = new(
            source,
            new RecordingOptions { Path = "-", StandardOutput = pipe, Origin = new HttpWireAnalyzer.Capture.CaptureOrigin("test") },
            TimeProvider.System);
        Assert.Equal(2, CaptureReading.Of(new RecordedSource(source, files)).Packets.Count);
        files.End();
        Assert.Equal(2, CaptureReading.Of(pipe.ToArray()).Packets.Count);
    }

    private static RollingFiles Record(
        Folder folder, string name, ListedSource source, FileLimits? rotation = null, int? kept = null, int? stopAfterFiles = null)
    {
        var options = Options(folder, name) with
        {
            Rotation = rotation,
            FilesKept = kept,
            StopAfterFiles = stopAfterFiles,
        };
        RollingFiles files = new(source, options, new Clock());
        RecordedSource recorded = new(source, files);
        PacketBatch batch = new();
        while (recorded.Read(batch))
        {
        }

        Assert.Null(recorded.Failure);
        files.End();
        return files;
    }

    private static RecordingOptions Options(Folder folder, string name) =>
        new() { Path = folder[name], Origin = new HttpWireAnalyzer.Capture.CaptureOrigin("test") };

    private static string Name(Folder folder, int number) => folder.Names.Single(name => name.Contains($"_{number:00000}_", StringComparison.Ordinal));

    /// <summary>Stands at 1970, in a zone of universal time.</summary>
    private sealed class Clock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
