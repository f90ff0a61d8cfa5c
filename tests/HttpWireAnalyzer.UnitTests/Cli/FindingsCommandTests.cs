using System.Diagnostics;
using System.Text;
using System.Text.Json;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Checks;
using HttpWireAnalyzer.UnitTests.Findings;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Cli;

/// <summary>hwa findings, ports, explain and pools --what-if, as a user types them.</summary>
public sealed class FindingsCommandTests
{
    private const string Stale = "HWA-K002";

    [Fact]
    public void Findings_are_told_worst_first_with_packets_and_advice()
    {
        var (code, output, _) = Run(StaleCapture(), "findings", "-");
        Assert.Equal(0, code);
        Assert.StartsWith("✖ HWA-K002  stale pooled connection reused  error\n    conn 0.2: POST /pay (#9)", output, StringComparison.Ordinal);
        Assert.Contains("    → ", output, StringComparison.Ordinal);
        Assert.EndsWith("2 errors, 1 info\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ko", "이미 닫힌 풀 연결을 재사용함")]
    [InlineData("en", "stale pooled connection reused")]
    public void The_language_is_that_of_the_option(string language, string title) =>
        Assert.Contains(title, Run(StaleCapture(), "findings", "--lang", language, "-").Output, StringComparison.Ordinal);

    [Fact]
    public void Without_one_it_is_the_environments() => Assert.Contains(
        "이미 닫힌", Run(StaleCapture(), Variables(("LANG", "ko_KR.UTF-8")), "findings", "-").Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("error", 1)]
    [InlineData("warning", 1)]
    public void A_finding_that_is_bad_enough_fails_the_run(string level, int expected)
    {
        Assert.Equal(expected, Run(StaleCapture(), "findings", "--fail-on", level, "-").Code);
        Assert.Equal(0, Run(CleanCapture(), "findings", "--fail-on", level, "-").Code);
    }

    [Fact]
    public void Json_has_the_measures_as_an_object()
    {
        var line = Run(StaleCapture(), "findings", "--json", "-").Output.Split('\n')[0];
        using var record = JsonDocument.Parse(line);
        Assert.Equal(Stale, record.RootElement.GetProperty("finding.id").GetString());
        Assert.Equal("POST", record.RootElement.GetProperty("finding.measured").GetProperty("method").GetString());
        Assert.Equal(9, record.RootElement.GetProperty("finding.measured").GetProperty("request").GetInt64());
        Assert.Equal("0.020000000", record.RootElement.GetProperty("finding.measured").GetProperty("after_fin").GetString());
    }

    [Fact]
    public void A_baseline_leaves_out_what_is_known_also_when_it_is_captured_again()
    {
        using var file = new Scratch(Run(StaleCapture(), "findings", "--json", "-").Output);
        Assert.Equal("no findings\n", Run(StaleCapture(later: 5000), "findings", "--baseline", file.Path, "-").Output);
        Assert.Contains(Stale, Run(StaleCapture(target: "/refund"), "findings", "--baseline", file.Path, "-").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_display_filter_selects_findings() => Assert.EndsWith(
        "\n1 info\n", Run(StaleCapture(), "findings", "-Y", "finding.severity == info", "-").Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("en", "no findings\n")]
    [InlineData("ko", "진단 결과 없음\n")]
    public void Where_nothing_was_found_that_is_said(string language, string said) =>
        Assert.Equal(said, Run(CleanCapture(), "findings", "--lang", language, "-Y", "finding.severity == error", "-").Output);

    [Theory]
    [InlineData("--set: HWA-K002 has no threshold 'never'. Did you mean 'never_checked'?", "--set", "K002.never=3s")]
    [InlineData("--set: no such rule: HWA-K00.", "--set", "HWA-K00.x=3s")]
    [InlineData("--set: no such rule: hwa-k00. Did you mean 'HWA-K001'? hwa explain lists them.", "--set", "hwa-k00.x=3s")]
    [InlineData("--set: HWA-K002.never_checked takes a duration such as 60s or 200ms, not 'x'.", "--set", "rules.HWA-K002.never_checked=x")]
    [InlineData("--set: HWA-S003.lasts takes 1.000 s or more, not '200ms'.", "--set", "S003.lasts=200ms")]
    [InlineData("--set: HWA-R001.warning takes a share such as 20% or 0.2, to a tenth of a percent, not '50'.", "--set", "R001.warning=50")]
    [InlineData("--set: HWA-R001.warning takes a share such as 20% or 0.2, to a tenth of a percent, not '0.0005'.", "--set", "R001.warning=0.0005")]
    [InlineData("--set: HWA-R001.warning takes a share such as 20% or 0.2, to a tenth of a percent, not '-1%'.", "--set", "R001.warning=-1%")]
    [InlineData("--set: HWA-R001.requests takes a whole number, not '1.5'.", "--set", "R001.requests=1.5")]
    [InlineData("--set takes RULE.NAME=VALUE", "--set", "never")]
    [InlineData("--fail-on takes error, warning, note, info, not 'bad'.", "--fail-on", "bad")]
    [InlineData("--lang takes en, ko, not 'xx'.", "--lang", "xx")]
    public void What_cannot_be_followed_says_how_it_could(string expected, params string[] options)
    {
        var (code, _, error) = Run(StaleCapture(), ["findings", .. options, "-"]);
        Assert.Equal(2, code);
        Assert.StartsWith("hwa: " + expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("50%", 500)]
    [InlineData("12.5%", 125)]
    [InlineData("50 %", 500)]
    [InlineData("0.5", 500)]
    [InlineData("1", 1000)]
    [InlineData("0", 0)]
    public void A_share_is_a_part_of_one_or_has_a_percent_sign(string value, long expected)
    {
        var card = RuleBook.Find("R001")!;
        var settings = RuleThresholds.With(RuleSettings.Usual, "R001", "warning", value, out _);
        Assert.Equal(expected, settings!.Of(card, card.Parameters.First(parameter => parameter.Name == "warning")));
    }

    [Fact]
    public void Every_threshold_can_be_set() => Assert.All(
        RuleBook.Cards.SelectMany(card => card.Parameters.Select(parameter => (card, parameter))),
        known => Assert.NotNull(RuleThresholds.With(
            RuleSettings.Usual, known.card.Id, known.parameter.Name,
            known.parameter.Unit switch
            {
                MeasureUnit.Nanoseconds => "30d",
                MeasureUnit.Octets => "1TiB",
                MeasureUnit.Thousandths => "100%",
                _ => "1000000",
            },
            out _)));

    [Fact]
    public void Thresholds_come_from_the_configuration_file_and_the_option_beats_it()
    {
        using var file = new Scratch("rules:\n  HWA-K002:\n    never_checked: 10ms\n");
        var variables = Variables(("HWA_CONFIG", file.Path));
        string[] command = ["findings", "-Y", "finding.id == \"HWA-K002\"", "--fail-on", "error", "-"];
        Assert.Equal(1, Run(StaleCapture("GET /cart"), variables, command).Code);
        Assert.Equal(0, Run(StaleCapture("GET /cart"), variables, [.. command, "--set", "K002.never_checked=1s"]).Code);
    }

    [Theory]
    [InlineData("rule:\n", ":1:1: no such key: rule. Did you mean 'rules'?")]
    [InlineData("rules:\n  HWA-K002:\n    never: 1s\n", ":3:12: HWA-K002 has no threshold 'never'.")]
    [InlineData("rules: [1]\n", ":1:8: keys and values are wanted here")]
    [InlineData("rules:\n  - {\n", ":3:")]
    public void A_configuration_that_says_nonsense_says_where(string text, string expected)
    {
        using var file = new Scratch(text);
        var (code, _, error) = Run(StaleCapture(), Variables(("HWA_CONFIG", file.Path)), "findings", "-");
        Assert.Equal(2, code);
        Assert.StartsWith($"hwa: {file.Path}{expected}", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SpecErrorTests.Hostile), MemberType = typeof(SpecErrorTests))]
    public void A_hostile_configuration_is_refused_soon_and_in_words(string what, string text)
    {
        using var file = new Scratch(text);
        var watch = Stopwatch.StartNew();
        var (code, _, error) = Run(StaleCapture(), Variables(("HWA_CONFIG", file.Path)), "findings", "-");
        Assert.True(watch.Elapsed < SpecErrorTests.Soon, what);
        if (what is "nothing" or "a comment")
        {
            Assert.Equal((0, ""), (code, error));
            return;
        }

        Assert.Equal(2, code);
        Assert.StartsWith("hwa: " + file.Path + ":", error, StringComparison.Ordinal);
        Assert.InRange(error.Length, 20, 2000);
        Assert.DoesNotContain(error, letter => letter is '\e' or '\u202e');
    }

    [Fact]
    public void A_configuration_that_is_named_and_missing_is_an_error() => Assert.Equal(
        2, Run(StaleCapture(), Variables(("HWA_CONFIG", "/no/such/file.yaml")), "findings", "-").Code);

    [Fact]
    public void Explain_tells_a_rule_and_its_thresholds()
    {
        var (code, output, _) = Run(CleanCapture(), "explain", "k002");
        Assert.Equal(0, code);
        Assert.StartsWith("HWA-K002: stale pooled connection reused\n", output, StringComparison.Ordinal);
        Assert.Contains("rules.HWA-K002.never_checked = 1.000 s", output, StringComparison.Ordinal);
        Assert.Equal(2, Run(CleanCapture(), "explain", "K999").Code);
    }

    [Fact]
    public void Explain_without_an_id_lists_every_rule() => Assert.Equal(
        RuleBook.Cards.Count,
        Run(CleanCapture(), "explain").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

    [Fact]
    public void Ports_tell_who_holds_TIME_WAIT()
    {
        var (code, output, _) = Run(CleanCapture(), "ports", "-e", "port.opened,port.time_wait.client,port.limit", "-");
        Assert.Equal((0, "port.opened\tport.time_wait.client\tport.limit\n1\t1\t28232\n"), (code, output));
        Assert.Contains("\t16384\n", Run(CleanCapture(), "ports", "--profile", "windows", "-e", "port.opened,port.limit", "-").Output, StringComparison.Ordinal);
        Assert.Equal(2, Run(CleanCapture(), "ports", "--profile", "amiga", "-").Code);
    }

    [Theory]
    [InlineData("en", "2 connections were still open when the capture ended, and keep their ports")]
    [InlineData("ko", "캡처가 끝날 때 연결 2개가 아직 열려 있어 포트를 쓰고 있습니다")]
    public void Ports_of_connections_that_did_not_end_are_said_to_be_kept(string language, string said)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 10).Ack(Side.Client, 11);
        scene.Talk().Handshake(20).Exchange(21);
        Assert.Contains($"  {said}\n", Run(scene.Capture(), "ports", "--table", "--lang", language, "-").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_TIME_WAIT_that_a_RST_ended_counts_neither_for_the_pool_nor_for_its_ports()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(10);
        scene.Talk().Handshake(20).Exchange(21).Close(30).Rst(Side.Server, 40, TcpFlags.Rst);
        scene.Talk().Handshake(50).Exchange(51).Close(60, Side.Server);
        scene.Talk().Handshake(70).Exchange(71).Close(80, Side.Server).Rst(Side.Client, 90, TcpFlags.Rst);
        Assert.EndsWith("\n1\t1\n", Run(scene.Capture(), "ports", "-e", "port.time_wait.client,port.time_wait.server", "-").Output, StringComparison.Ordinal);
        Assert.EndsWith("\n1\t1\n", Run(scene.Capture(), "pools", "-e", "pool.time_wait.client,pool.time_wait.server", "-").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "no pool with finished exchanges\n")]
    [InlineData("ko", "끝난 교환이 있는 풀 없음\n")]
    public void What_if_says_where_there_is_nothing_to_replay(string language, string said)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0);
        Assert.Equal((0, said, ""), Run(scene.Capture(), "pools", "--what-if", "--lang", language, "-"));
    }

    [Fact]
    public void What_if_keeps_no_connection_for_as_long_as_the_server_was_seen_to_close_it()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(5002, Side.Server);
        scene.Talk().Handshake(6000).Exchange(6001).Close(6002);
        Assert.Contains("connections kept for 4.000 s of idleness", Run(scene.Capture(), "pools", "--what-if", "-").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_tells_connections_before_and_after() => Assert.Contains(
        "connections 1 → 1\n", Run(CleanCapture(), "pools", "--what-if", "-").Output, StringComparison.Ordinal);

    private static byte[] StaleCapture(string line = "POST /pay", double later = 0, string? target = null)
    {
        var scene = new Scene();
        scene.Talk().Handshake(later).Exchange(later + 1).Fin(Side.Server, later + 1000).Ack(Side.Client, later + 1010)
            .Request(later + 1020, target is null ? line : $"POST {target}").Rst(Side.Server, later + 1020.2);
        return scene.Capture();
    }

    private static byte[] CleanCapture()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(10);
        return scene.Capture();
    }

    private static Func<string, string?> Variables(params (string Name, string Value)[] set) =>
        name => Array.Find(set, variable => variable.Name == name).Value;

    private static (int Code, string Output, string Error) Run(byte[] capture, params string[] args) => Run(capture, Variables(), args);

    private static (int Code, string Output, string Error) Run(byte[] capture, Func<string, string?> variables, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = Hwa.Run(args, new Terminal
        {
            Input = new MemoryStream(capture),
            Output = output,
            Error = error,
            Variable = variables,
        });
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private sealed class Scratch : IDisposable
    {
        public Scratch(string text) => File.WriteAllText(Path, text);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
