using System.Diagnostics;
using System.Text;
using HttpWireAnalyzer.UnitTests.Findings;

namespace HttpWireAnalyzer.UnitTests.Checks;

/// <summary>What is wrong with a spec is said in one sentence, with its place and a caret, before a capture is opened.</summary>
public sealed class SpecErrorTests
{
    [Theory]
    [InlineData("version: 2", "1:10: this hwa reads version 1.", "version: 2", "         ^")]
    [InlineData("name: x", "1:1: version: 1 is wanted", "name: x", "^")]
    [InlineData("version: 1\nasertions: []", "2:1: no such key: asertions. Did you mean 'assertions'?", "asertions: []", "^~~~~~~~~")]
    [InlineData("version: 1", "1:1: what is claimed? assertions: is wanted.", "version: 1", "^")]
    [InlineData("version: 1\nversion: 1", "2:1: 'version' stands here twice.", "version: 1", "^~~~~~~")]
    [InlineData("version: 1\ncaptures: {path: a, keylog: b}\nassertions: [{id: a, select: pools, each: pool.id}]", "2:21: hwa does not decrypt TLS", "captures: {path: a, keylog: b}", "                    ^~~~~~")]
    [InlineData("version: 1\nprofile: linx\nassertions: []", "2:10: 'linx' is none of linux, windows, rfc, textbook. Did you mean 'linux'?", "profile: linx", "         ^~~~")]
    [InlineData("version: 1\nprofile: aws-alb\nassertions: []", "2:10: 'aws-alb' is none of linux, windows, rfc, textbook. It says whose ports select: ports means; a time of a balancer or server is a claim, such as conn.idle.before_close > 60s.", "profile: aws-alb", "         ^~~~~~~")]
    [InlineData("version: 1\nprofile: [linux, aws-alb]\nassertions: []", "2:10: one of linux, windows, rfc, textbook is wanted here.", "profile: [linux, aws-alb]", "         ^~~~~~~~~~~~~~~")]
    [InlineData("version: 1\nroles: {app: 10.0.0}\nassertions: []", "2:14: an address such as 10.0.0.1", "roles: {app: 10.0.0}", "             ^~~~~~")]
    [InlineData("version: 1\nrequire: {duration: long}\nassertions: []", "2:21: 'long' is no duration", "require: {duration: long}", "                    ^~~~")]
    [InlineData("version: 1\nrules: {HWA-K002: {nevr: 5s}}\nassertions: []", "2:26: HWA-K002 has no threshold 'nevr'.", "rules: {HWA-K002: {nevr: 5s}}", "                         ^~")]
    [InlineData("version: 1\nassertions: [{id: a, selct: pools}]", "2:22: no such key: selct. Did you mean 'select'?", "assertions: [{id: a, selct: pools}]", "                     ^~~~~")]
    [InlineData("version: 1\nassertions: [{id: a, select: pool, each: x}]", "2:30: 'pool' is none of capture, pools", "assertions: [{id: a, select: pool, each: x}]", "                             ^~~~")]
    [InlineData("version: 1\nassertions: [{id: a, findings: {none: HWA-K999}}]", "2:39: no such rule: HWA-K999.", "assertions: [{id: a, findings: {none: HWA-K999}}]", "                                      ^~~~~~~~")]
    [InlineData("version: 1\nassertions: [{id: a, findings: {none: HWA-K002}, each: x}]", "2:50: findings: is a claim of its own", "assertions: [{id: a, findings: {none: HWA-K002}, each: x}]", "                                                 ^~~~")]
    [InlineData("version: 1\nassertions: [{id: a, select: pools}]", "2:14: what is claimed? One of each, any, none, at_least, expect, sequence is wanted.", "assertions: [{id: a, select: pools}]", "             ^~~~~~~~~~~~~~~~~~~~~")]
    [InlineData("version: 1\nassertions:\n  - id: a\n    select: connections\n    each: conn.requets > 1", "5:11: no such field: conn.requets. Did you mean 'conn.requests'?", "    each: conn.requets > 1", "          ^~~~~~~~~~~~")]
    [InlineData("version: 1\nassertions:\n  - id: a\n    select: connections\n    each: 'conn.requests > 1 && conn.duration > 5 parsec'", "5:51: 'and' or 'or' is wanted here", "    each: 'conn.requests > 1 && conn.duration > 5 parsec'", "                                                  ^~~~~~")]
    [InlineData("version: 1\nassertions:\n  - id: a\n    select: connections\n    each: 'http.host == ''x'' && conn.duration > 5q'", "5:50: a duration such as 200ms", "    each: 'http.host == ''x'' && conn.duration > 5q'", "                                                 ^~")]
    [InlineData("version: 1\nassertions:\n  - id: a\n    select: connections\n    each: |\n      conn.requests > 1\n      && conn.id > x", "7:20: a whole number such as 200", "      && conn.id > x", "                   ^")]
    [InlineData("version: 1\nassertions:\n  - id: a\n    select: connections\n    each: >\n      conn.requests > 1\n      && conn.id > x", "7:20: a whole number such as 200", "      && conn.id > x", "                   ^")]
    [InlineData("version: 1\nassertions:\n  - id: a\n    select: connections\n    each: >-\n      (conn.requests > 1\n\n        && conn.id > x)\n", "8:22: a whole number such as 200", "        && conn.id > x)", "                     ^")]
    [InlineData("version: 1\nassertions:\n  - id: a\n    select: connections\n    each: conn.requests > 1\n      && conn.id > x", "6:20: a whole number such as 200", "      && conn.id > x", "                   ^")]
    [InlineData("version: 1\nassertions:\n  - id: a\n    select: exchanges\n    each: http.host == \"한글\" && foo", "5:32: no such field: foo.", "    each: http.host == \"한글\" && foo", "                                 ^~~")]
    [InlineData("version: 1\nassertions:\n  - id: a\n    select: exchanges\n    expect: exchange.complete", "5:13: an expectation is about all that is selected", "    expect: exchange.complete", "            ^~~~~~~~~~~~~~~~~")]
    [InlineData("version: 1\nroles: {app: 10.0.0.1}\nassertions:\n  - id: a\n    select: exchanges\n    each: conn.to == \"ap\"", "6:22: no such role: ap.", "    each: conn.to == \"ap\"", "                     ^~~~")]
    [InlineData("version: 1\nassertions:\n  - {id: a, select: pools, sequence: [{is: fin}]}", "3:28: a sequence is one of a connection", "  - {id: a, select: pools, sequence: [{is: fin}]}", "                           ^~~~~~~~")]
    [InlineData("version: 1\nassertions:\n  - {id: a, select: connections, sequence: [{is: fin, within: 1s}]}", "3:63: within: counts from the step before", "  - {id: a, select: connections, sequence: [{is: fin, within: 1s}]}", "                                                              ^~")]
    [InlineData("version: 1\nassertions:\n  - {id: a, select: connections, sequence: [{is: fin, header: {host: x}}]}", "3:63: only requests and responses have it.", "  - {id: a, select: connections, sequence: [{is: fin, header: {host: x}}]}", "                                                              ^~~~~~~~")]
    [InlineData("version: 1\nassertions: [\n", "3:1: a value is wanted here, or the closing bracket.", "", "^")]
    [InlineData("version: 1\nroles: {app: 8080}\nassertions: []", "2:14: an address such as 10.0.0.1 or fe80::1, or a network such as 10.0.0.0/8, is wanted here, not '8080'. A port stands beside it, as {address: 10.0.0.1, port: 8080}, or alone.", "roles: {app: 8080}", "             ^~~~")]
    [InlineData("version: 1\nassertions: [{id: a, findings: {none: HWA-K020, severity: warning}}]", "2:59: severity: goes with new_since:", "assertions: [{id: a, findings: {none: HWA-K020, severity: warning}}]", "                                                          ^~~~~~~")]
    [InlineData("version: 1\nassertions: [{id: a, findings: {max: {HWA-K002: 1, K002: 2}}}]", "2:52: HWA-K002 stands here twice.", "assertions: [{id: a, findings: {max: {HWA-K002: 1, K002: 2}}}]", "                                                   ^~~~")]
    public void A_spec_that_cannot_be_understood_says_where_and_why(string spec, string message, string line, string caret)
    {
        using var folder = new CheckFolder();
        var (code, output, error) = folder.Write("spec.yaml", spec).Run("check", folder["spec.yaml"], "no/such.pcap");
        Assert.Equal((2, ""), (code, output));
        var lines = error.TrimEnd('\n').Split('\n');
        Assert.StartsWith("hwa: spec.yaml:" + message, lines[0]);
        Assert.Equal(["  " + line, "  " + caret], lines[1..]);
    }

    /// <summary>What is often written, and is no YAML or another one than was meant.</summary>
    [Theory]
    [InlineData("\tselect: connections\n    each: conn.id", "4:1: a tab indents this line: YAML wants spaces.", "\\tselect: connections", "^~")]
    [InlineData("    select: connections\n      each: conn.id", "5:11: no key can stand here: is it indented as its neighbours,", "      each: conn.id", "          ^")]
    [InlineData("    select: connections\n   each: conn.id", "5:4: this line is indented as none above it: items of a list begin with '- '", "   each: conn.id", "   ^")]
    [InlineData("    select: connections\n    each:conn.id", "5:5: 'key: value' is wanted here, with a space behind the ':'.", "    each:conn.id", "    ^")]
    [InlineData("    select: connections\n    each: http.host == a: b", "5:25: no key can stand here: is it indented as its neighbours, is there a space behind the ':' above, and is a text with ': ' in quotes?", "    each: http.host == a: b", "                        ^")]
    [InlineData("    select: connections\n    each: !conn.midstream", "5:11: tags (!) are not read; a filter that begins so stands in quotes: '!conn.midstream'.", "    each: !conn.midstream", "          ^")]
    [InlineData("    select: connections\n    each: ! conn.midstream", "5:11: tags (!) are not read;", "    each: ! conn.midstream", "          ^")]
    [InlineData("    select: connections\n    each: !(conn.requests > 0)", "5:27: a text that begins with one of ! & * > |", "    each: !(conn.requests > 0)", "                          ^")]
    [InlineData("    select: connections\n    each: &a conn.id", "5:11: anchors and aliases (& and *) are not read: write it out; a text that begins so stands in quotes.", "    each: &a conn.id", "          ^")]
    [InlineData("    select: connections\n    each: \"conn.requests\" > 0", "5:27: a text that begins with one of ! & * > |", "    each: \"conn.requests\" > 0", "                          ^")]
    [InlineData("    select: connections\n    each: @x", "5:11: a text that begins with one of ! & * > |", "    each: @x", "          ^")]
    [InlineData("    select: connections\n    each: \"http.host matches \\d\"", "5:11: a backslash in \"…\" begins an escape; in '…' it stands for itself.", "    each: \"http.host matches \\d\"", "          ^")]
    [InlineData("    select: connections\n    each: 'conn.id", "5:11: this text has no closing quote.", "    each: 'conn.id", "          ^")]
    [InlineData("    findings: {none: [HWA-K002}", "4:31: ',' or the closing bracket is wanted here.", "    findings: {none: [HWA-K002}", "                              ^")]
    [InlineData("    findings: {none: HWA-K002", "5:1: ',' or the closing bracket is wanted here.", "", "^")]
    public void A_slip_of_YAML_says_what_was_wanted(string assertion, string message, string line, string caret) =>
        A_spec_that_cannot_be_understood_says_where_and_why("version: 1\nassertions:\n  - id: a\n" + assertion + "\n", message, line, caret);

    public static TheoryData<byte[]> Encodings =>
    [
        [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Readable)],
        [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Readable)],
        [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Readable)],
        Encoding.UTF8.GetBytes(Readable.Replace("\n", "\r\n", StringComparison.Ordinal)),
    ];

    private const string Readable = "version: 1\nassertions: [{id: é, select: capture, each: capture.id}]\n";

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_spec_is_UTF_8_or_UTF_16_with_its_mark(byte[] spec)
    {
        using var folder = new CheckFolder();
        var (code, _, error) = folder.Write("spec.yaml", spec).Run("check", folder["spec.yaml"]);
        Assert.Equal(2, code);
        Assert.StartsWith("hwa: spec.yaml:2:45: no such field: capture.id.", error);
    }

    [Fact]
    public void A_spec_in_another_encoding_is_refused_with_the_line()
    {
        using var folder = new CheckFolder();
        var (code, _, error) = folder.Write("spec.yaml", Encoding.Latin1.GetBytes(Readable)).Run("check", folder["spec.yaml"]);
        Assert.Equal((2, "hwa: spec.yaml:2: expected UTF-8, found the octet e9\n"), (code, error));
    }

    [Theory]
    [InlineData("which spec?", "check")]
    [InlineData("which spec?", "check", "a.pcap")]
    [InlineData("no such option: --junt. Did you mean '--junit'?", "check", "a.yaml", "--junt")]
    [InlineData("--inconclusive takes error, skip, not 'pass'", "check", "a.yaml", "--inconclusive", "pass")]
    [InlineData("standard input can be read for one spec", "check", "a.yaml", "b.yaml", "-")]
    public void A_command_line_that_cannot_be_followed_says_how_it_could(string expected, params string[] args)
    {
        using var folder = new CheckFolder();
        var (code, output, error) = folder.Run(args);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("hwa: " + expected, error);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_to_be_missing_in_few_words()
    {
        using var folder = new CheckFolder();
        Directory.CreateDirectory(folder["folder.yaml"]);
        folder.Write("spec.yaml", "version: 1\nassertions: [{id: a, findings: {new_since: old.json}}]");
        Assert.Equal((2, "", "hwa: none.yaml: expected a spec, found no such file\n"), folder.Run("check", folder["none.yaml"]));
        Assert.Equal((2, "", "hwa: folder.yaml: expected a spec, found a directory\n"), folder.Run("check", folder["folder.yaml"]));
        var (code, _, error) = folder.Run("check", folder["spec.yaml"]);
        Assert.Equal(2, code);
        Assert.StartsWith("hwa: spec.yaml:2:44: old.json: expected what hwa findings --json writes, found no such file\n", error);
    }

    [Fact]
    public void Patterns_that_fit_no_file_are_an_error_in_the_spec()
    {
        using var folder = new CheckFolder();
        folder.Write("spec.yaml", "version: 1\ncaptures: caps/*.pcap\nassertions: [{id: a, select: pools, each: pool.id}]");
        var (code, _, error) = folder.Run("check", folder["spec.yaml"]);
        Assert.Equal(2, code);
        Assert.StartsWith("hwa: spec.yaml:2:11: no file is there that fits this.", error);
    }

    /// <summary>What a hostile file may take on a machine that does other things too; one that is followed takes hours, or all memory.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    public static TheoryData<string, string> Hostile => new()
    {
        { "a bomb of aliases", "version: 1\na: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]" },
        { "an alias of itself", "version: 1\nassertions: &a [*a]" },
        { "deep lists", "version: 1\nassertions: " + new string('[', 100_000) },
        { "deep maps", "version: 1\nassertions: " + string.Concat(Enumerable.Repeat("{a: ", 50_000)) },
        { "deep blocks", "version: 1\n" + string.Concat(Enumerable.Range(0, 500).Select(level => new string(' ', level) + "a:\n")) },
        { "ten megabytes", "version: 1\nname: " + new string('x', 10 << 20) },
        { "many keys", "version: 1\n" + string.Concat(Enumerable.Range(0, 60_000).Select(key => $"k{key}: 1\n")) },
        { "a long filter", "version: 1\nassertions: [{id: a, select: connections, each: '" + string.Concat(Enumerable.Repeat("conn.id == 1 || ", 50_000)) + "conn.id'}]" },
        { "deep parentheses", "version: 1\nassertions: [{id: a, select: connections, each: '" + new string('(', 60_000) + "'}]" },
        { "control characters", "version: 1\n\"\\e[2J\u202e\": 1" },
        { "octets", "\0\u0001\u0002" },
        { "nothing", "" },
        { "a comment", "# nothing\n" },
        { "two documents", "version: 1\nassertions: [{id: a, select: pools, each: pool.id}]\n---\nversion: 1" },
        { "a tag", "version: 1\nassertions: !!python/object:os.system [x]" },
        { "a null", "version: 1\nassertions:\n" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_spec_is_refused_soon_and_in_words(string what, string spec)
    {
        using var folder = new CheckFolder();
        var watch = Stopwatch.StartNew();
        var (code, output, error) = folder.Write("spec.yaml", spec).Run("check", folder["spec.yaml"], "no/such.pcap");
        Assert.Equal((2, ""), (code, output));
        Assert.True(watch.Elapsed < Soon, what);
        Assert.StartsWith("hwa: spec.yaml:", error);
        Assert.InRange(error.Length, 20, 2000);
        Assert.DoesNotContain(error, letter => letter is '\e' or '\u202e');
    }

    [Fact]
    public void Garbage_never_throws()
    {
        string[] pieces = ["version: 1\n", "assertions:\n", "  - id: a\n", "    select: ", "connections", "    each: ", "'", "\"", "[", "]", "{", "}", ": ", "&a ", "*a", "|\n", "conn.id", "== 1", "\n", "- ", "!x ", "# c\n", "\t", "?"];
        using var folder = new CheckFolder();
        folder.Write("scene.pcap", new Scene().Capture());
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var spec = new StringBuilder();
            for (var count = random.Next(25); count > 0; count--)
            {
                spec.Append(pieces[random.Next(pieces.Length)]);
            }

            var (code, _, error) = folder.Write("spec.yaml", spec.ToString()).Run("check", folder["spec.yaml"], folder["scene.pcap"]);
            Assert.True(code is 1 or 2, spec.ToString());
            Assert.True(code == 1 || error.StartsWith("hwa: spec.yaml:", StringComparison.Ordinal), error);
        }
    }
}
