using System.Globalization;
using System.Text;
using System.Text.Json;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>Every capture of the library says what it is expected to say, in text and in JSON.</summary>
public sealed class CaptureLibraryTests
{
    public static TheoryData<string> Cases => [.. Repository.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Says_what_is_expected(string name)
    {
        var capture = File.ReadAllBytes(Repository.CaptureOf(name));
        var json = Command.Run(capture, "conns", "--json", "--exchanges", "--digest", "-");
        Compare(name, "expected.json", json.Output);

        var text = new StringBuilder("$ hwa summary -\n").Append(Command.Run(capture, "summary", "-").Output);
        foreach (var number in ConnectionsIn(json.Output))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n$ hwa story - {number}\n")
                .Append(Command.Run(capture, "story", "-", number).Output);
        }

        Compare(name, "expected.txt", text.ToString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Says_the_same_twice(string name)
    {
        var capture = File.ReadAllBytes(Repository.CaptureOf(name));
        foreach (var verb in (string[])["summary", "conns", "exchanges", "pools", "packets"])
        {
            Assert.Equal(Command.Run(capture, verb, "--json", "-"), Command.Run(capture, verb, "--json", "-"));
        }
    }

    /// <summary>Packets and octets are all accounted for.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Adds_up(string name)
    {
        var capture = File.ReadAllBytes(Repository.CaptureOf(name));
        long packets = 0;
        foreach (var line in Lines(Command.Run(capture, "conns", "--json", "-").Output))
        {
            using var record = JsonDocument.Parse(line);
            if (record.RootElement.GetProperty("type").GetString() == "conn")
            {
                packets += OctetsAddUp(record.RootElement, "client") + OctetsAddUp(record.RootElement, "server");
            }
            else if (record.RootElement.GetProperty("type").GetString() == "capture")
            {
                Assert.Equal(Number(record.RootElement, "capture.packets.tcp"), packets);
            }
        }

        Assert.NotEqual(0, packets);
    }

    /// <summary>Every connection and every exchange with a request is in one pool.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Pools_add_up(string name)
    {
        var capture = File.ReadAllBytes(Repository.CaptureOf(name));
        long connections = 0;
        long exchanges = 0;
        foreach (var line in Lines(Command.Run(capture, "pools", "--json", "-").Output))
        {
            using var record = JsonDocument.Parse(line);
            connections -= Number(record.RootElement, "pool.connections");
            exchanges -= Number(record.RootElement, "pool.exchanges");
            Assert.True(Number(record.RootElement, "pool.busy.max") <= Number(record.RootElement, "pool.open.max"));
            Assert.True(Number(record.RootElement, "pool.open.max") <= Number(record.RootElement, "pool.parallel.max"));
        }

        foreach (var line in Lines(Command.Run(capture, "conns", "--json", "--exchanges", "-").Output))
        {
            using var record = JsonDocument.Parse(line);
            connections += record.RootElement.GetProperty("type").GetString() == "conn" ? 1 : 0;
            exchanges += record.RootElement.TryGetProperty("http.request.method", out _)
                && !record.RootElement.TryGetProperty("exchange.tunnel_depth", out _)
                && !AnswersUpgrade(record.RootElement) ? 1 : 0;
        }

        Assert.Equal((0, 0), (connections, exchanges));
    }

    /// <summary>Stream 1 after Upgrade: h2c: its request was counted with the 101.</summary>
    private static bool AnswersUpgrade(JsonElement exchange) =>
        exchange.TryGetProperty("h2.stream", out _) && exchange.GetProperty("http.request.version").GetString() != "2";

    private static long OctetsAddUp(JsonElement connection, string side)
    {
        var sum = Number(connection, $"conn.{side}.delivered_octets") + Number(connection, $"conn.{side}.duplicate_octets")
            + Number(connection, $"conn.{side}.late_octets") + Number(connection, $"conn.{side}.cut_octets")
            + Number(connection, $"conn.{side}.after_end_octets");
        Assert.Equal(Number(connection, $"conn.{side}.octets"), sum);
        return Number(connection, $"conn.{side}.packets");
    }

    private static long Number(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) ? value.GetInt64() : 0;

    /// <summary>The numbers of its connections.</summary>
    internal static IEnumerable<string> ConnectionsIn(string json)
    {
        foreach (var line in Lines(json))
        {
            using var record = JsonDocument.Parse(line);
            if (record.RootElement.GetProperty("type").GetString() == "conn")
            {
                yield return record.RootElement.GetProperty("conn.id").GetRawText();
            }
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal static void Compare(string name, string file, string said)
    {
        var path = Path.Combine(Repository.Root, "captures", name, file);
        if (Repository.Updates)
        {
            File.WriteAllText(path, said);
            return;
        }

        Assert.True(File.Exists(path), $"captures/{name}/{file} is not there: UPDATE_GOLDEN=1 dotnet test writes it");
        Assert.Equal(File.ReadAllText(path), said);
    }
}
