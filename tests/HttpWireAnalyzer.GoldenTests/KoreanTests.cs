using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>Stories and summaries in Korean tell what the English ones tell, and in no words of theirs.</summary>
public sealed partial class KoreanTests
{
    public static TheoryData<string> Cases => [.. Repository.Cases];

    /// <summary>Those with an output in Korean to be read beside the English one.</summary>
    public static TheoryData<string> Golden =>
    [
        "http/early-response-reset", "http/keep-alive-countdown", "http/pipelined-cut-by-close", "http/stale-reuse-post",
        "http/websocket-pings", "http2/goaway-race", "tcp/close-wait-leak", "tcp/icmp-unreachable",
        "tcp/port-reuse-in-time-wait", "tcp/tail-loss-probe",
    ];

    [Theory]
    [MemberData(nameof(Golden))]
    public void Says_what_is_expected(string name)
    {
        var capture = File.ReadAllBytes(Repository.CaptureOf(name));
        var text = new StringBuilder("$ hwa summary --lang ko -\n").Append(Command.Run(capture, "summary", "--lang", "ko", "-").Output).Append('\n');
        foreach (var number in Connections(capture))
        {
            text.Append(CultureInfo.InvariantCulture, $"$ hwa story --lang ko - {number}\n")
                .Append(Command.Run(capture, "story", "--lang", "ko", "-", number).Output).Append('\n');
        }

        CaptureLibraryTests.Compare(name, "expected.ko.txt", text.ToString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tells_the_same_in_other_words(string name)
    {
        var capture = File.ReadAllBytes(Repository.CaptureOf(name));
        foreach (var number in Connections(capture))
        {
            var english = Told(capture, number, "en");
            var korean = Told(capture, number, "ko");
            Assert.Equal(english.Select(told => told.Rest), korean.Select(told => told.Rest));
            Assert.All(english, told => Assert.DoesNotMatch(Hangul(), told.Text));
            Assert.All(korean, told => Assert.DoesNotMatch(EnglishProse(), told.Text));
            Assert.All(korean.Where(told => told.IsAnswer), told => Assert.Matches(Hangul(), told.Text));
            Assert.All(
                korean.Zip(english).Where(pair => EnglishProse().IsMatch(pair.Second.Text)),
                pair => Assert.Matches(Hangul(), pair.First.Text));
        }
    }

    /// <summary>Every number, packet and name of the English sentence is in the Korean one too.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Leaves_no_packet_and_no_measure_out(string name)
    {
        var capture = File.ReadAllBytes(Repository.CaptureOf(name));
        foreach (var number in Connections(capture))
        {
            var pairs = Told(capture, number, "en").Zip(Told(capture, number, "ko"));
            Assert.All(pairs, pair => Assert.Equal(Data(pair.First.Text), Data(pair.Second.Text)));
        }
    }

    /// <summary>But for the commands to type next.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_summary_tells_the_same_in_other_words(string name)
    {
        var capture = File.ReadAllBytes(Repository.CaptureOf(name));
        var english = Summary(capture, "en");
        var korean = Summary(capture, "ko");
        Assert.Equal(english.Length, korean.Length);
        Assert.All(english, line => Assert.DoesNotMatch(Hangul(), line));
        Assert.All(korean.Where(line => !line.Contains("hwa ", StringComparison.Ordinal)), line => Assert.DoesNotMatch(EnglishProse(), line));
        Assert.All(korean.Zip(english), pair => Assert.Equal(Data(pair.Second), Data(pair.First)));
    }

    private static string[] Summary(byte[] capture, string language) =>
        Lines(Command.Run(capture, "summary", "--lang", language, "-").Output);

    /// <summary>So that the tests above say something of every kind; of broken rules of WebSocket there is no capture.</summary>
    [Fact]
    public void Every_kind_of_sentence_is_among_them()
    {
        var told = new HashSet<string>();
        foreach (var name in Repository.Cases)
        {
            var capture = File.ReadAllBytes(Repository.CaptureOf(name));
            foreach (var number in Connections(capture))
            {
                told.UnionWith(Told(capture, number, "ko").Select(sentence => sentence.Kind));
            }
        }

        var kinds = typeof(StorySentence).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StorySentence)))
            .Select(type => Capital().Replace(type.Name, "_$1").TrimStart('_').ToLowerInvariant());
        Assert.Equal(["web_socket_rules_broken"], kinds.Except(told));
    }

    /// <summary>In the order of their text: that of the sentence is the language's own.</summary>
    private static IEnumerable<string> Data(string text) =>
        Measure().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    private static List<Sentence> Told(byte[] capture, string number, string language)
    {
        var told = new List<Sentence>();
        foreach (var line in Lines(Command.Run(capture, "story", "--json", "--lang", language, "-", number).Output))
        {
            using var record = JsonDocument.Parse(line);
            if (record.RootElement.TryGetProperty("story.text", out var text))
            {
                var rest = record.RootElement.EnumerateObject().Where(field => field.Name != "story.text")
                    .Select(field => field.ToString());
                told.Add(new Sentence(
                    text.GetString()!, string.Join(", ", rest), record.RootElement.GetProperty("story.kind").GetString()!,
                    record.RootElement.GetProperty("type").GetString() == "story_answer"));
            }
        }

        return told;
    }

    private static IEnumerable<string> Connections(byte[] capture) =>
        CaptureLibraryTests.ConnectionsIn(Command.Run(capture, "conns", "--json", "-").Output);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Capital();

    [GeneratedRegex("[가-힣]")]
    private static partial Regex Hangul();

    /// <summary>Words without which there is hardly an English sentence, and that are no part of a target or a field here.</summary>
    [GeneratedRegex(
        @"(?<![A-Za-z0-9_/?.-])(the|a|an|and|or|of|from|for|to|with|without|its|it|is|was|were|had|has|not|nobody|after|before|by|sent|came"
            + @"|answered|answer|request|requests|response|connection|client|server|idle|reset|refused|closed|closes|cold|odd|captured)(?![A-Za-z0-9_/:=-])",
        RegexOptions.IgnoreCase)]
    private static partial Regex EnglishProse();

    [GeneratedRegex(@"#[0-9]+|[0-9]+[.0-9]* (µs|ms|s|kB|B|min|h)(?![A-Za-z])|TIME_WAIT|CLOSE_WAIT|SYN-ACK|Connection: close")]
    private static partial Regex Measure();

    private sealed record Sentence(string Text, string Rest, string Kind, bool IsAnswer);
}
