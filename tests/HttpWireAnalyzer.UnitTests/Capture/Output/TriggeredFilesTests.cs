using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture.Output;

public sealed class TriggeredFilesTests
{
    private static readonly TriggerOptions Usual = new(1 << 20, TimeSpan.FromSeconds(5), MostFiles: 3);

    [Fact]
    public void Nothing_is_written_where_nothing_happens()
    {
        using Folder folder = new();
        Record(folder, Usual, new ListedSource().Packets(1, 2, 3));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void What_came_before_and_for_a_while_after_is_in_the_file()
    {
        using Folder folder = new();
        var files = Record(
            folder, Usual, new ListedSource().Packets(1, 2).Packets(3).Idle(4).Packets(8).Packets(8.1), at: [3]);

        Assert.Equal(["x_00001_19700101000003.pcapng"], folder.Names);
        Assert.Equal([1, 2, 3, 8], folder.TimesIn(folder.Names[0]));
        Assert.Equal((4, 1), (files.Packets, files.Files));
        Assert.Equal(3, folder.Read(folder.Names[0]).Interfaces[0].Dropped);
    }

    [Fact]
    public void The_packet_that_shows_it_is_marked_and_the_file_says_why_it_is_there()
    {
        using Folder folder = new();
        Record(folder, Usual, new ListedSource().Packets(1, 2, 3), at: [2]);

        using var source = CaptureFile.Open(folder[folder.Names[0]], new CaptureFileOptions { KeepsExtras = true });
        PacketBatch batch = new();
        Assert.True(source.Read(batch));
        Assert.Equal([null, "it happened", null], Enumerable.Range(0, 3).Select(i => batch.NotesOf(i)?.Comments.Single()));
        Assert.Contains("it happened", File.ReadAllText(folder[folder.Names[0]])[..100]);
    }

    [Fact]
    public void It_is_closed_in_time_without_another_packet()
    {
        using Folder folder = new();
        var source = new ListedSource().Packets(1).Idle(3).Idle(6.1);
        var files = New(folder, source, Usual);
        RecordedSource recorded = new(source, files);
        PacketBatch batch = new();
        recorded.Read(batch);
        files.Fire(new PacketRef(1, ListedSource.Time(1)), "it happened");
        recorded.Read(batch);
        Assert.Null(folder.Read(folder.Names[0]).Interfaces[0].Dropped);
        recorded.Read(batch);
        Assert.Equal(3, folder.Read(folder.Names[0]).Interfaces[0].Dropped);
    }

    [Fact]
    public void What_happens_again_meanwhile_makes_the_file_longer()
    {
        using Folder folder = new();
        Record(folder, Usual, new ListedSource().Packets(1).Packets(4).Packets(8).Packets(10), at: [1, 4]);
        Assert.Equal([1, 4, 8], folder.TimesIn(Assert.Single(folder.Names)));
    }

    [Fact]
    public void Each_file_has_its_history_and_the_last_one_ends_the_recording()
    {
        using Folder folder = new();
        var source = new ListedSource().Packets(1).Packets(10).Packets(20).Packets(30).Packets(40);
        var files = Record(folder, Usual with { MostFiles = 2 }, source, at: [1, 20]);

        Assert.Equal([1], folder.TimesIn(folder.Names[0]));
        Assert.Equal([1, 10, 20], folder.TimesIn(folder.Names[1]));
        Assert.True(files.IsDone);
        Assert.True(source.Read(new PacketBatch()));
    }

    [Fact]
    public void A_file_holds_twice_what_is_kept_and_what_happens_behind_it_opens_another()
    {
        using Folder folder = new();
        ListedSource source = new();
        for (var i = 1; i <= 60; i++)
        {
            source.PacketsOf(60_000, i);
        }

        double[] always = [.. Enumerable.Range(1, 60).Select(i => (double)i)];
        Record(folder, Usual, source, always);
        Assert.Equal(3, folder.Names.Count);
        Assert.All(folder.Names, name => Assert.InRange(new FileInfo(folder[name]).Length, 1 << 20, (2 << 20) + 61_000));
        Assert.Equal(60, folder.TimesIn(folder.Names[2]).Last());
    }

    [Fact]
    public void A_full_file_that_is_the_last_opens_no_other()
    {
        using Folder folder = new();
        ListedSource source = new();
        for (var i = 1; i <= 60; i++)
        {
            source.PacketsOf(60_000, i);
        }

        Record(folder, Usual with { MostFiles = 1 }, source, [.. Enumerable.Range(1, 60).Select(i => (double)i)]);
        Assert.Single(folder.Names);
    }

    /// <summary>Of any packets, the memory gives the last ones, in order, as many octets as it is to keep at least.</summary>
    [Fact]
    public void Memory_keeps_the_last_packets()
    {
        Random random = new(5);
        PacketMemory memory = new(1 << 20);
        List<long> added = [];
        long octets = 0;
        for (var i = 1; i <= 20_000; i++)
        {
            var packet = new byte[random.Next(400)];
            memory.Add(new PacketRecord(new PacketRef(i, default), 0, packet.Length, packet.Length, LinkType.Ethernet, 0), packet);
            added.Add(i);
            octets += packet.Length;
            if (i % 3000 == 0)
            {
                memory.Rewind();
                List<long> taken = [];
                long kept = 0;
                for (; memory.TryPeek(out var record, out var packetTaken); memory.MoveOn())
                {
                    taken.Add(record.Packet.Number);
                    kept += packetTaken.Length;
                }

                Assert.Equal(added.TakeLast(taken.Count), taken);
                Assert.InRange(kept, Math.Min(octets, 1 << 20), (1 << 20) + (256 << 10));
            }
        }
    }

    /// <summary>Packets larger than a slab do not lose what is waiting to be written.</summary>
    [Fact]
    public void What_waits_to_be_written_is_not_forgotten()
    {
        using Folder folder = new();
        var source = new ListedSource().Packets(1);
        double[] burst = [.. Enumerable.Range(0, 200).Select(i => Math.Round(2 + (i / 1000.0), 9))];
        source.PacketsOf(10_000, burst).Packets(3);
        Record(folder, new TriggerOptions(3_000_000, TimeSpan.FromSeconds(5), 1), source, at: [1]);
        Assert.Equal([1, .. burst, 3], folder.TimesIn(Assert.Single(folder.Names)));
    }

    /// <summary>Records, and has it happen on each packet of one of these times.</summary>
    private static TriggeredFiles Record(Folder folder, TriggerOptions trigger, ListedSource source, params double[] at)
    {
        var files = New(folder, source, trigger);
        RecordedSource recorded = new(source, files);
        PacketBatch batch = new();
        while (recorded.Read(batch))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (at.Contains(batch[i].Packet.Time.Nanoseconds / 1e9))
                {
                    files.Fire(batch[i].Packet, "it happened");
                }
            }
        }

        Assert.Null(recorded.Failure);
        files.End();
        return files;
    }

    private static TriggeredFiles New(Folder folder, ListedSource source, TriggerOptions trigger) => new(
        source, new RecordingOptions { Path = folder["x.pcapng"], Origin = new CaptureOrigin("test") }, trigger, TimeZoneInfo.Utc);
}
