using System.Text;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.UnitTests.Checks;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Cli;

public class HwaTests
{
    public static TheoryData<string> VerbNames => ["summary", "conns", "exchanges", "pools", "packets", "story", "follow", "slice", "check", "diff", "init", "live", "capture", "interfaces", "doctor", "fields", "completion"];

    [Theory]
    [MemberData(nameof(VerbNames))]
    public void Every_verb_has_help_with_examples(string verb)
    {
        var (code, output, error) = Run(verb, "--help");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"hwa {(verb == "summary" ? "FILE" : verb)}", output);
        Assert.Contains("Examples:", output);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 112));
    }

    [Fact]
    public void Without_arguments_help_is_shown_and_nothing_done()
    {
        var (code, output, _) = Run();
        Assert.Equal(2, code);
        Assert.Contains("hwa story FILE CONN", output);
    }

    [Theory]
    [InlineData("'sumary' is neither a verb nor a file. Did you mean 'summary'?", "sumary")]
    [InlineData("no such option: --jsn. Did you mean '--json'?", "conns", "--jsn", "x.pcap")]
    [InlineData("which file?", "conns")]
    [InlineData("no such field: conn.idd. Did you mean 'conn.id'?", "conns", "-e", "conn.idd", "x.pcap")]
    [InlineData("--as takes http, hex, raw, not 'hx'. Did you mean 'hex'?", "follow", "x.pcap", "0", "--as", "hx")]
    [InlineData("-c takes a number of packets, not '-1'", "packets", "-c", "-1", "x.pcap")]
    [InlineData("--exchanges goes with --json", "conns", "--exchanges", "x.pcap")]
    [InlineData("-e and --sort go with tables", "conns", "--json", "--sort", "conn.id", "x.pcap")]
    [InlineData("no such option: -x. (A file", "conns", "-x", "x.pcap")]
    [InlineData("no such option: -y. Did you mean '-Y'?", "conns", "-y", "x.pcap")]
    [InlineData("'abc' is neither a file nor the number of a connection: hwa story x.pcap 0 (hwa conns x.pcap lists them).", "story", "x.pcap", "abc")]
    [InlineData("0.2 names an exchange, and a connection is wanted: 0.", "follow", "x.pcap", "0.2")]
    [InlineData("no connection has the number 99999999999: hwa conns x.pcap lists them.", "story", "x.pcap", "99999999999")]
    [InlineData("--color takes auto, always, never, not 'blue'", "--color", "blue", "x.pcap")]
    [InlineData("the verb comes first: hwa summary --lang …", "--lang", "ko", "summary", "x.pcap")]
    [InlineData("the verb comes first: hwa follow --side …", "--side", "client", "follow", "x.pcap", "0")]
    [InlineData("--json takes no value, and has 'conn.id'. -e chooses fields, of tables and TSV.", "conns", "--json=conn.id", "x.pcap")]
    [InlineData("--quiet takes no value, and has 'no'.", "slice", "--quiet=no", "x.pcap")]
    [InlineData("-Y is given more than once: join its filters with &&.", "conns", "-Y", "conn.id", "-Y", "conn.midstream", "x.pcap")]
    [InlineData("-f is given more than once: join its filters with &&.", "conns", "-f", "tcp", "-f", "port 80", "x.pcap")]
    [InlineData("--lang is given more than once.", "conns", "--lang", "ko", "--lang", "en", "x.pcap")]
    [InlineData("conn.close.how is a field of conn records: hwa conns lists it, and hwa exchanges does not; -Y takes it here too.", "exchanges", "-e", "conn.id,conn.close.how", "x.pcap")]
    [InlineData("http.request.uri is a field of exchange records: hwa exchanges lists it, and hwa packets does not; -Y takes it here too.", "packets", "--sort", "-http.request.uri", "x.pcap")]
    [InlineData("conn.id is a field of conn records: hwa conns lists it, and hwa pools does not.", "pools", "-e", "conn.id", "x.pcap")]
    [InlineData("'foo' is no verb. Did you mean 'follow'? hwa --help lists them.", "help", "foo")]
    [InlineData("'sumary' is no verb. Did you mean 'summary'?", "help", "sumary")]
    [InlineData("hwa fields cannot look for this regular expression: classes such as [:digit:] are not known; \\d", "fields", "[[:digit:]]")]
    [InlineData("hwa fields cannot look for this regular expression: it needs backtracking", "fields", "(?=conn)")]
    [InlineData("no such option: --jsn. Did you mean '--json'?", "fields", "--jsn")]
    [InlineData("no such option: --fail. Did you mean '--fail-on'?", "diff", "a.pcap", "b.pcap", "--fail")]
    [InlineData("no such option: --helq. Did you mean '--help'?", "init", "--helq")]
    [InlineData("no such option: --lamg. Did you mean '--lang'?", "explain", "--lamg", "k001")]
    [InlineData("--lang is given more than once.", "explain", "--lang", "ko", "--lang=en", "k001")]
    [InlineData("-t goes with lines for people", "packets", "-t", "a", "x.pcap")]
    [InlineData("HWA-T000 is no rule, but the story of a connection", "explain", "t000")]
    public void A_command_line_that_cannot_be_followed_says_how_it_could(string expected, params string[] args)
    {
        var (code, output, error) = Run(args);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("hwa: " + expected, error);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void An_input_that_cannot_be_read_is_one_sentence_and_3()
    {
        var (code, output, error) = Run("conns", "no/such/file.pcap");
        Assert.Equal((3, ""), (code, output));
        Assert.StartsWith("hwa: no/such/file.pcap: ", error);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("conns", "")]
    [InlineData("diff", "", "x.pcap")]
    [InlineData("")]
    [InlineData("story", "")]
    [InlineData("story", "x.pcap", "y.pcap")]
    public void A_file_without_a_name_or_one_that_is_not_there_is_told_as_such(params string[] args)
    {
        var (code, output, error) = Run(args);
        Assert.Equal((3, ""), (code, output));
        Assert.Equal(args.Contains("") ? "hwa: '': expected a capture file, found an empty name\n" : "hwa: x.pcap: expected a capture file, found no such file\n", error);
    }

    [Fact]
    public void A_file_that_is_named_twice_is_told_as_such()
    {
        using var folder = new CheckFolder();
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Close(3);
        folder.Write("one.pcap", scene.Capture());
        var (code, _, error) = folder.Run("summary", folder["one.pcap"], folder["one.pcap"]);
        Assert.Equal(0, code);
        Assert.StartsWith("hwa: one.pcap: passed over: expected frames that no other file has, found the same file twice: 9 that another one has", error, StringComparison.Ordinal);
    }

    /// <summary>tshark's two languages are easily taken for each other.</summary>
    [Theory]
    [InlineData("http.request.method == \"GET\"", "This looks like a display filter, and capture filters are BPF: give it behind -Y.")]
    [InlineData("!(tcp.port == 80)", "give it behind -Y.")]
    [InlineData("tcp prt 80", null)]
    [InlineData("host conn.example.com and", null)]
    public void A_display_filter_in_place_of_a_capture_filter_is_told_where_it_goes(string filter, string? hint)
    {
        using var folder = new CheckFolder();
        var (code, _, error) = folder.Run(new Scene().Capture(), "conns", "-f", filter, "-");
        Assert.Equal(2, code);
        Assert.StartsWith("hwa: -f: ", error, StringComparison.Ordinal);
        Assert.Equal(hint is not null, error.Contains("display filter", StringComparison.Ordinal));
        Assert.Contains(hint ?? "", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_of_json_choose_among_the_types_of_record() =>
        Assert.All(
            new[] { Run("--help").Output, Run("exchanges", "--help").Output }.SelectMany(text => text.Split('\n')).Where(line => line.Contains("| jq", StringComparison.Ordinal)),
            line => Assert.Contains(".type==", line, StringComparison.Ordinal));

    [Fact]
    public void Control_characters_of_the_command_line_do_not_come_back()
    {
        var (_, _, error) = Run("conns", "no/\u001b[2J.pcap");
        Assert.DoesNotContain('\u001b', error);
    }

    [Theory]
    [InlineData("conns", "-e", "help")]
    [InlineData("exchanges", "--json=fields")]
    public void Fields_are_listed_without_a_file(params string[] args)
    {
        var (code, output, _) = Run(args);
        Assert.Equal(0, code);
        Assert.StartsWith("conn.id\tnumber\t", output);
    }

    [Fact]
    public void A_display_filter_that_cannot_be_understood_is_shown_with_a_caret()
    {
        var (code, output, error) = Run("conns", "-Y", "conn.id == 1 && conn.close.how == rst", "no/such/file.pcap");
        Assert.Equal((2, ""), (code, output));
        var lines = error.TrimEnd('\n').Split('\n');
        Assert.StartsWith("hwa: -Y: 'rst' is not a word of this field. Did you mean 'reset'?", lines[0]);
        Assert.Equal("  conn.id == 1 && conn.close.how == rst", lines[1]);
        Assert.Equal("                                    ^~~", lines[2]);
    }

    /// <summary>A Korean syllable takes two columns.</summary>
    [Fact]
    public void The_caret_counts_columns()
    {
        var lines = Run("conns", "-Y", "http.host == \"한글\" && foo == 1", "no/such/file.pcap").Error.TrimEnd('\n').Split('\n');
        Assert.Equal("  http.host == \"한글\" && foo == 1", lines[1]);
        Assert.Equal("                         ^~~", lines[2]);
    }

    [Fact]
    public void Control_characters_of_a_filter_do_not_come_back()
    {
        var (_, _, error) = Run("conns", "-Y", "conn.id == \u001b[2J" + new string('x', 500), "x.pcap");
        Assert.DoesNotContain('\u001b', error);
        Assert.All(error.Split('\n'), line => Assert.InRange(line.Length, 0, 160));
    }

    [Theory]
    [MemberData(nameof(VerbNames))]
    public void The_help_of_a_verb_has_every_option(string verb)
    {
        var help = Run(verb, "--help").Output;
        var options = Run("completion", "--answer", "2", "--", "hwa", verb, "-").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(options.Where(option => option != "--help"), option => Assert.Matches($@"(?<![\w-]){option}(?![\w-])", help));
    }

    [Fact]
    public void Every_field_is_listed_with_where_it_is_and_what_else_it_is_called()
    {
        var (code, output, _) = Run("fields", "^conn.id$|^tcp.stream");
        Assert.Equal(0, code);
        Assert.Contains("tcp.stream\tnumber\tconn,exchange,packet\tconn.id\tThe same as conn.id\n", output);
        var (_, json, _) = Run("fields", "--json", "^conn.close.how$");
        Assert.Contains("\"field.words\":[\"open\",", json);
    }

    [Fact]
    public void Raw_octets_are_not_written_to_a_terminal()
    {
        var (code, _, error) = Run(isTerminal: true, "follow", "x.pcap", "0", "--as", "raw");
        Assert.Equal(2, code);
        Assert.Contains("--as hex", error);
    }

    [Theory]
    [InlineData("a\\b.pcap", @"hwa: a\b.pcap: expected a capture file, found no such file")]
    [InlineData("a\u001bb.pcap", @"hwa: a\x1bb.pcap: expected a capture file, found no such file")]
    public void What_is_told_of_a_file_is_escaped_once(string file, string expected)
    {
        var (code, _, error) = Run("conns", "./" + file);
        Assert.Equal(3, code);
        Assert.Equal(expected.Replace("hwa: ", "hwa: ./", StringComparison.Ordinal) + "\n", error);
    }

    [Fact]
    public void An_option_is_told_as_it_was_typed() =>
        Assert.StartsWith(@"hwa: -c takes a number of packets, not '\x1b'.", Run("conns", "x.pcap", "-c", "\u001b").Error, StringComparison.Ordinal);

    [Fact]
    public void A_reader_that_leaves_ends_the_work_quietly()
    {
        var error = new StringWriter();
        var terminal = new Terminal { Input = Stream.Null, Output = new ClosedPipe(), Error = error };
        Assert.Equal(0, Hwa.Run(["--help"], terminal));
        Assert.Equal("", error.ToString());
    }

    /// <summary>hwa check … | head is as red as it would be alone.</summary>
    [Fact]
    public void Who_judges_does_so_without_a_reader_too()
    {
        using var folder = new CheckFolder();
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Rst(Side.Server, 2000);
        folder.Write("one.pcap", scene.Capture());
        scene.Talk().Handshake(10).Exchange(11).Close(20);
        folder.Write("two.pcap", scene.Capture())
            .Write("spec.yaml", "version: 1\ncaptures: one.pcap\nassertions:\n  - id: many\n    select: connections\n    each: conn.requests > 99\n");
        var terminal = new Terminal { Input = Stream.Null, Output = new ClosedPipe(), Error = new StringWriter() };
        Assert.Equal(ExitCode.Failed, Hwa.Run(["check", folder["spec.yaml"], "--junit", folder["junit.xml"]], terminal));
        Assert.Contains("<failure", folder.Read("junit.xml"), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, Hwa.Run(["findings", "--fail-on", "info", folder["one.pcap"]], terminal));
        Assert.Equal(ExitCode.Failed, Hwa.Run(["diff", "--fail-on", "rate() > +0.0001/s", folder["one.pcap"], folder["two.pcap"]], terminal));
    }

    private static (int Code, string Output, string Error) Run(params string[] args) => Run(false, args);

    private static (int Code, string Output, string Error) Run(bool isTerminal, params string[] args)
    {
        using var output = new MemoryStream();
        var error = new StringWriter { NewLine = "\n" };
        var code = Hwa.Run(args, new Terminal
        {
            Input = Stream.Null,
            Output = output,
            Error = error,
            OutputIsTerminal = isTerminal,
        });
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private sealed class ClosedPipe : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw Closed();

        public override void Write(byte[] buffer, int offset, int count) => throw Closed();

        private static OutputClosedException Closed() => new(new IOException("Broken pipe"));
    }
}
