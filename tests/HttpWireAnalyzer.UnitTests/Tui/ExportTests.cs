using System.Text;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>A list in a file has the octets of the verb that lists the same.</summary>
public sealed class ExportTests : IDisposable
{
    private const string Capture = "http/retry-after-stale-reuse";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hwa-export-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("conns", "2")]
    [InlineData("conns -Y conn.id==1", "2", "/", "conn.id==1", "Enter")]
    [InlineData("exchanges", "3")]
    [InlineData("exchanges -Y http.request.target==\"/first\"", "3", "/", "http.request.target==\"/first\"", "Enter")]
    [InlineData("pools", "4")]
    [InlineData("findings", "5")]
    [InlineData("findings -Y finding.severity==note", "5", "/", "finding.severity==note", "Enter")]
    [InlineData("findings", "5", "o")]
    [InlineData("ports", "6")]
    [InlineData("packets -Y conn.id==1", "j", "7")]
    [InlineData("packets -Y conn.id==0", "Enter")]
    public void It_is_written_as_the_verb_writes_it(string verb, params string[] keys)
    {
        using var session = Session();
        foreach (var key in keys)
        {
            _ = key.Length > 1 && key != "Enter" ? session.Type(key) : session.Press(key);
        }

        Assert.Equal(OfVerb([.. verb.Split(' '), "--json"]), Exported(session, "list.ndjson"));
        Assert.Equal(Exported(session, "list.JSON"), Exported(session, "list.jsonl"));
        var fields = verb.StartsWith("findings", StringComparison.Ordinal)
            ? new[] { "-e", "finding.id,finding.severity,finding.confidence,conn.id,exchange.ordinal,finding.client,finding.server.address,finding.server.port,finding.start,finding.frames,finding.text" }
            : [];
        var tabs = OfVerb([.. verb.Split(' '), .. fields]);
        Assert.Equal(tabs, Exported(session, "list.tsv"));
        Assert.Equal(
            tabs.Split('\n').Select(line => line.Split('\t')),
            Exported(session, "list.csv").Split("\r\n").Select(Fields));
    }

    [Theory]
    [InlineData("export", "list.csv")]
    [InlineData("w", "list.pcapng")]
    [InlineData("w", "spec.yaml", "a")]
    public void A_file_that_is_there_is_overwritten_where_that_is_asked_for(string command, string name, params string[] keys)
    {
        using var session = Session();
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, "mine");
        session.Press(keys).Press(":").Type($"{command} {path}").Press("Enter");
        Assert.Equal((true, path + ": there is a file of that name: :w! or :export! overwrites it"), (session.Model.Notice!.IsError, session.Model.Notice.Text));
        Assert.Equal("mine", File.ReadAllText(path));
        session.Press(":").Type($"{command}! {path}").Press("Enter");
        Assert.False(session.Model.Notice!.IsError);
        var forced = File.ReadAllBytes(path);
        File.Delete(path);
        session.Press(":").Type($"{command} {path}").Press("Enter");
        Assert.Equal(File.ReadAllBytes(path), forced);
    }

    [Fact]
    public void What_is_read_is_never_overwritten()
    {
        var path = Path.Combine(_folder.FullName, "capture.csv");
        File.Copy(Repository.CaptureOf(Capture), path);
        var before = File.ReadAllBytes(path);
        using var session = ScreenSession.OfFile(path);
        foreach (var command in (string[])["w", "w!", "export", "export!"])
        {
            session.Press(":").Type($"{command} {path}").Press("Enter");
            Assert.Equal((true, path + " is read, and cannot be written at the same time."), (session.Model.Notice!.IsError, session.Model.Notice.Text));
        }

        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("2", "export")]
    [InlineData("2", "export list")]
    [InlineData("2", "export list.har")]
    [InlineData("1", "export list.csv")]
    public void What_cannot_be_written_is_said(string view, string command)
    {
        using var session = Session();
        session.Press(view, ":").Type(command).Press("Enter");
        Assert.True(session.Model.Notice!.IsError);
        Assert.NotEqual("", session.Model.Notice.Text);
    }

    [Fact]
    public void What_could_not_be_written_whole_is_gone()
    {
        using var session = ScreenSession.Of(Capture, new HalfWritten());
        var path = Path.Combine(_folder.FullName, "list.csv");
        session.Press(":").Type("export " + path).Press("Enter");
        Assert.Equal((true, "the capture is gone"), (session.Model.Notice!.IsError, session.Model.Notice.Text));
        Assert.False(File.Exists(path));
    }

    /// <summary>As hwa slice says it.</summary>
    [Fact]
    public void A_device_that_is_full_is_said_with_what_is_in_the_file()
    {
        using var session = Session();
        session.Press(":").Type("w /dev/full").Press("Enter");
        Assert.True(session.Model.Notice!.IsError);
        Assert.Matches(@"^/dev/full: cannot be written further: [^./]+\. It has 0 packets, whole\.$", session.Model.Notice.Text);
    }

    [Fact]
    public void Names_are_completed()
    {
        using var session = Session();
        session.Press("3", ":").Type("exp").Press("Tab", "Space", "Tab", "Tab");
        Assert.Equal("export exchanges.tsv", session.Model.Prompt!.Line.Text);
    }

    private static ScreenSession Session() => ScreenSession.Of(
        Capture, new ListExport(new Request { Verb = Verb.Summary, Files = [Repository.CaptureOf(Capture)] }, TerminalOf(Stream.Null)));

    private static Terminal TerminalOf(Stream output) => new() { Input = Stream.Null, Output = output, Error = TextWriter.Null };

    private static string OfVerb(string[] args)
    {
        using var output = new MemoryStream();
        Assert.Equal(0, Hwa.Run([.. args, Repository.CaptureOf(Capture)], TerminalOf(output)));
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private string Exported(ScreenSession session, string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        session.Press(":").Type("export " + path).Press("Enter");
        Assert.Equal((false, $"written: {path}"), (session.Model.Notice!.IsError, session.Model.Notice.Text));
        var text = File.ReadAllText(path);
        File.Delete(path);
        return text;
    }

    /// <summary>The fields of a line without line ends in quotes (RFC 4180).</summary>
    private static string[] Fields(string line)
    {
        List<string> fields = [];
        var field = new StringBuilder();
        var isQuoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            switch (line[at])
            {
                case '"' when isQuoted && at + 1 < line.Length && line[at + 1] == '"':
                    field.Append(line[at++]);
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                default:
                    field.Append(line[at]);
                    break;
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }

    private sealed class HalfWritten : IListExport
    {
        public void Write(ExportedList list, string filter, ExportForm form, Stream output, CancellationToken stop)
        {
            output.Write("half"u8);
            throw new CaptureFormatException("the capture is gone");
        }
    }
}
