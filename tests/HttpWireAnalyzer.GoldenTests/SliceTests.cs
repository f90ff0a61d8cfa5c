using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>hwa slice: a connection alone is told as it is told among the others.</summary>
public sealed partial class SliceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hwa-test-").FullName;

    /// <summary>
    /// Stories that tell what another connection did: it took the port again, or repeated the request.
    /// </summary>
    private static readonly string[] AboutSeveral =
        ["http/answer-too-late", "http/retry-after-stale-reuse", "http2/goaway-race", "tcp/port-reuse", "tcp/port-reuse-in-time-wait",
            "tcp/port-reuse-own-time-wait", "tcp/syn-on-open-connection"];

    public static TheoryData<string> Cases => [.. Repository.Cases.Except(AboutSeveral)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_slice_of_a_connection_tells_its_story(string name)
    {
        var whole = Repository.CaptureOf(name);
        foreach (var connection in Records(Command.Run([], "conns", "--json", whole).Output, "conn"))
        {
            var number = connection.GetProperty("conn.id").GetInt32();
            Slice("-Y", $"conn.id == {number}", whole);
            Assert.Equal(
                StoryOf(whole, number.ToString(CultureInfo.InvariantCulture)), StoryOf(PathOf("slice.pcapng"), "0"));
        }
    }

    [Fact]
    public void All_connections_together_are_all_of_their_packets()
    {
        string[] library = [.. Repository.Cases.Select(Repository.CaptureOf)];
        Slice(["-Y", "conn.id >= 0", .. library]);
        Assert.Equal(
            Records(Command.Run([], ["conns", "--json", "--digest", .. library]).Output, "conn").Select(record => record.GetRawText()),
            Records(Command.Run([], "conns", "--json", "--digest", PathOf("slice.pcapng")).Output, "conn").Select(record => record.GetRawText()));
    }

    [Fact]
    public void Without_a_filter_it_is_the_timeline()
    {
        string[] library = [.. Repository.Cases.Select(Repository.CaptureOf)];
        Slice(library);
        Assert.Equal(
            Command.Run([], ["packets", .. library]).Output, Command.Run([], "packets", PathOf("slice.pcapng")).Output);

        // The same input gives the same octets.
        var first = File.ReadAllBytes(PathOf("slice.pcapng"));
        Slice(library);
        Assert.Equal(first, File.ReadAllBytes(PathOf("slice.pcapng")));
    }

    [Fact]
    public void Packets_are_chosen_for_themselves_where_that_is_asked()
    {
        var whole = Repository.CaptureOf("http/stale-reuse-post");
        Slice("--packets", "-Y", "tcp.flags.reset && conn.close.first == server", whole);
        Assert.Single(Records(Command.Run([], "packets", "--json", PathOf("slice.pcapng")).Output, "packet"));
    }

    [Fact]
    public void What_is_there_is_not_overwritten_and_what_is_read_is_not_written()
    {
        var whole = Repository.CaptureOf("http/http10-close");
        File.WriteAllText(PathOf("slice.pcapng"), "precious");
        var refused = Command.Run([], "slice", whole, "-w", PathOf("slice.pcapng"));
        Assert.Equal((5, "precious"), (refused.ExitCode, File.ReadAllText(PathOf("slice.pcapng"))));
        Assert.EndsWith("there is a file of that name: --force overwrites it\n", refused.Error.ReplaceLineEndings("\n"));

        File.Copy(whole, PathOf("input.pcapng"));
        File.CreateSymbolicLink(PathOf("link.pcapng"), PathOf("input.pcapng"));
        foreach (var output in (string[])["input.pcapng", "link.pcapng"])
        {
            Assert.Equal(2, Command.Run([], "slice", PathOf("input.pcapng"), "-w", PathOf(output), "--force").ExitCode);
        }

        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(PathOf("input.pcapng")));
    }

    private void Slice(params string[] arguments)
    {
        var answer = Command.Run([], ["slice", .. arguments, "-w", PathOf("slice.pcapng"), "--force", "-q"]);
        Assert.Equal((0, ""), (answer.ExitCode, answer.Error));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>The story with its packets counted among those that it names.</summary>
    /// <remarks>Without findings, which weigh what other connections show, and without remarks on the file.</remarks>
    private static string StoryOf(string file, string connection)
    {
        var lines = Records(Command.Run([], "story", "--json", file, connection).Output, type: null)
            .Where(record => record.GetProperty("type").GetString() is not ("capture" or "finding" or "remark")).ToList();
        List<long> packets = [.. lines.SelectMany(Packets).Distinct().Order()];
        return string.Join('\n', lines.Select(line => string.Join(' ', line.EnumerateObject()
            .Where(member => member.Name != "conn.id")
            .Select(member => $"{member.Name}={Text(member, packets)}"))));
    }

    private static IEnumerable<long> Packets(JsonElement record) =>
        record.EnumerateObject().SelectMany(member => NumbersOf(member).Matches(member.Value.GetRawText())).Select(Number);

    private static string Text(JsonProperty member, List<long> packets) =>
        NumbersOf(member).Replace(member.Value.GetRawText(), match => $"#{packets.IndexOf(Number(match))}");

    /// <summary>Packet numbers are values of their own, or stand in a text behind a "#".</summary>
    private static Regex NumbersOf(JsonProperty member) =>
        member.Name.Contains("frame", StringComparison.Ordinal) ? PlainNumber() : NumberInText();

    private static long Number(Match match) => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\d+)")]
    private static partial Regex PlainNumber();

    [GeneratedRegex(@"#(\d+)")]
    private static partial Regex NumberInText();

    private static IEnumerable<JsonElement> Records(string output, string? type) => output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(record => type is null || record.GetProperty("type").GetString() == type);
}
