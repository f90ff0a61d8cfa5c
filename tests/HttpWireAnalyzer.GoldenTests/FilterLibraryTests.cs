using System.Globalization;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>Filters on every capture of the library: passes and orders that differ give the same rows.</summary>
public sealed class FilterLibraryTests
{
    public static TheoryData<string> Cases => [.. Repository.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_filter_that_accepts_all_changes_nothing(string name)
    {
        var capture = File.ReadAllBytes(Repository.CaptureOf(name));
        (string[] Verb, string Filter)[] all =
        [
            (["conns", "--json"], "frame.number >= 1"),
            (["conns", "--json", "--exchanges", "--digest"], "conn.id >= 0"),
            (["exchanges", "--json"], "conn.start && tcp.seq"),
            (["packets", "--json"], "conn.duration >= 0 || !(conn.duration >= 0)"),
            (["summary", "--json"], "tcp"),
        ];
        foreach (var (verb, filter) in all)
        {
            Assert.Equal(Command.Run(capture, [.. verb, "-"]), Command.Run(capture, [.. verb, "-Y", filter, "-"]));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_connection_is_found_by_its_last_packet(string name)
    {
        var capture = File.ReadAllBytes(Repository.CaptureOf(name));
        var connections = Rows(capture, "conns", "-e", "conn.id,conn.frame.last,conn.client.packets,conn.server.packets", "-");
        Assert.NotEmpty(connections);
        foreach (var connection in connections)
        {
            Assert.Equal(
                [connection[0]],
                Rows(capture, "conns", "-Y", $"frame.number == {connection[1]}", "-e", "conn.id", "-").Select(row => row[0]));
            var packets = Rows(capture, "packets", "-Y", $"tcp.stream == {connection[0]} && conn.frame.last == {connection[1]}", "-e", "frame.number", "-");
            Assert.Equal(
                int.Parse(connection[2], CultureInfo.InvariantCulture) + int.Parse(connection[3], CultureInfo.InvariantCulture),
                packets.Count);
        }
    }

    private static List<string[]> Rows(byte[] capture, params string[] args) =>
        [.. Command.Run(capture, args).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split('\t'))];
}
