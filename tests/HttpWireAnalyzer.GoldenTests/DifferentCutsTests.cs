using System.Buffers.Binary;
using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>
/// However a capture is cut, the findings are the same, octet for octet: in one file or in two, in batches of any size,
/// with the empty batches of a live source between them, and with a recorder before the line.
/// </summary>
public sealed class DifferentCutsTests
{
    public static TheoryData<string> Cases => [.. Repository.Cases];

    /// <summary>
    /// But for the one whose findings name the file and the octet at which it ends too soon, and the one whose packets are
    /// not in order: of two files, they are.
    /// </summary>
    public static TheoryData<string> WholeFiles =>
        [.. Repository.Cases.Where(name => name is not ("tcp/file-cut-off" or "tcp/files-in-wrong-order"))];

    [Theory]
    [MemberData(nameof(WholeFiles))]
    public void Two_files_say_what_one_says(string name)
    {
        var capture = File.ReadAllBytes(Repository.CaptureOf(name));
        var blocks = PcapngBlock.Of(capture);
        var packets = blocks.Count(block => block.IsPacket);
        var whole = Say([Repository.CaptureOf(name)], source => source);
        var compared = 0;
        var folder = Directory.CreateTempSubdirectory("hwa-cuts");
        try
        {
            string[] parts = [Path.Combine(folder.FullName, "1.pcapng"), Path.Combine(folder.FullName, "2.pcapng")];
            foreach (var cut in ((int[])[1, packets / 3, packets / 2, packets - 1]).Distinct())
            {
                File.WriteAllBytes(parts[0], PcapngBlock.Part(capture, blocks, 0, cut));
                File.WriteAllBytes(parts[1], PcapngBlock.Part(capture, blocks, cut, packets));
                if (Say(parts, source => source) is { } said)
                {
                    Assert.Equal(whole, said);
                    compared++;
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.True(compared > 1);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Packets_one_at_a_time_and_recorded_say_what_all_at_once_say(string name)
    {
        string[] files = [Repository.CaptureOf(name)];
        var whole = Say(files, source => source);
        Assert.NotNull(whole);
        Assert.Equal(whole, Say(files, source => new OneAtATime(source)));
        Assert.Equal(whole, Say(files, source => new RecordedSource(source, new Attentive())));
        Assert.Equal(whole, Say(files, source => new RecordedSource(new OneAtATime(source), new Attentive())));
    }

    /// <summary>Null where a frame was left out that stands in both parts: that makes another capture, of two taps.</summary>
    private static string? Say(string[] files, Func<IPacketSource, IPacketSource> cut)
    {
        var line = new FindingsLine(RuleBook.Begin(RuleSettings.Usual));
        var pools = new PoolAccount(line);
        using var whole = CaptureFile.Open(files, new CaptureFileOptions());
        using var source = cut(whole);
        var totals = AnalysisPipeline.Run(source, pools, new AnalysisOptions(), AnalysisTaps.None, default);
        if (totals.Remarks.Any(remark => remark.Kind == CaptureRemarkKind.Skipped))
        {
            return null;
        }

        using var output = new MemoryStream();
        var json = new JsonLines(output);
        FindingTable.Write(line.Conclude(totals, pools.Report()), Language.English, json);
        json.Flush();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>One packet in each batch, and behind each an empty batch with the time, as when nothing comes.</summary>
    private sealed class OneAtATime(IPacketSource whole) : IPacketSource
    {
        private readonly PacketBatch _from = new();
        private int _next;
        private bool _isQuiet;

        public IReadOnlyList<CaptureInterface> Interfaces => whole.Interfaces;

        public IReadOnlyList<CaptureRemark> Remarks => whole.Remarks;

        public bool Read(PacketBatch batch)
        {
            if (_isQuiet)
            {
                _isQuiet = false;
                batch.BeginIdle(_from[_next - 1].Packet.Time);
                return true;
            }

            if (_next == _from.Count)
            {
                _next = 0;
                if (!whole.Read(_from))
                {
                    return false;
                }
            }

            batch.Begin(_from.Buffer);
            batch.Add(_from[_next++]);
            _isQuiet = true;
            return true;
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Takes all and keeps nothing.</summary>
    private sealed class Attentive : IPacketRecorder
    {
        public bool IsDone => false;

        public int Take(PacketBatch batch) => batch.Count;

        public void End()
        {
        }
    }

    /// <summary>A block of a pcapng file, by its place (draft-ietf-opsawg-pcapng §3.1).</summary>
    private readonly record struct PcapngBlock(int Start, int Length, uint Type)
    {
        private const uint EnhancedPacket = 6;
        private const uint InterfaceStatistics = 5;

        public bool IsPacket => Type == EnhancedPacket;

        public static List<PcapngBlock> Of(ReadOnlySpan<byte> capture)
        {
            var blocks = new List<PcapngBlock>();
            for (var at = 0; at < capture.Length; at += blocks[^1].Length)
            {
                blocks.Add(new PcapngBlock(
                    at,
                    (int)BinaryPrimitives.ReadUInt32LittleEndian(capture[(at + 4)..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(capture[at..])));
            }

            return blocks;
        }

        /// <summary>A file with some of the packets, what describes them all, and the counts of the interfaces in the last part.</summary>
        public static byte[] Part(ReadOnlySpan<byte> capture, List<PcapngBlock> blocks, int from, int to)
        {
            var (part, packet, packets) = (new List<byte>(), 0, blocks.Count(block => block.IsPacket));
            foreach (var block in blocks)
            {
                var belongs = block.IsPacket ? packet >= from && packet < to
                    : block.Type != InterfaceStatistics || to == packets;
                packet += block.IsPacket ? 1 : 0;
                if (belongs)
                {
                    part.AddRange(capture.Slice(block.Start, block.Length));
                }
            }

            return [.. part];
        }
    }
}
