using System.Text;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Checks;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Stories;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.UnitTests.Reporting;

public class JsonDocumentTests
{
    private const string Marker = "<!-- The rest is made";

    private static readonly (FieldSet Set, string About)[] Records =
    [
        (SummaryFields.Set, "Sums over the capture."),
        (ConnectionFields.Set, "One TCP connection. Its two ends have the same fields."),
        (ExchangeFields.Set, "One HTTP exchange, or what there is of it."),
        (MessageRecordFields.Set, "A request or a response, as hwa check selects them; no verb lists them."),
        (PoolFields.Set, "The connections of one client address to one server endpoint: most connections first."),
        (PortFields.Set, "What one client's connections to one server endpoint take of its ports: the fullest first."),
        (FindingFields.Set, "One finding: worst first."),
        (VerdictFields.Set, "What came of one assertion over one capture (hwa check --json)."),
        (VerdictFields.ExampleSet, "A record that breaks the assertion of the verdict before it."),
        (PacketFields.Set, "One packet."),
        (StoryFields.LineSet, "One line of a connection's course."),
        (StoryFields.AnswerSet, "One answer about a connection."),
        (CatalogueFields.Set, "A line of hwa fields."),
        (InterfaceFields.Set, "What became of the packets of a live capture's interface."),
        (CaptureFields.RemarkSet, "What was wrong, or odd, with a file or a live capture."),
        (CaptureFields.Set, "The last line: what was read."),
    ];

    [Fact]
    public void Every_field_is_documented_as_it_is_defined()
    {
        var path = Path.Combine(Repository.Root, "docs", "json.md");
        var document = File.ReadAllText(path);
        var written = document[..document.IndexOf(Marker, StringComparison.Ordinal)];
        var markerLine = document[written.Length..].Split('\n')[0];
        var expected = written + markerLine + "\n" + Reference();
        if (Repository.Updates)
        {
            File.WriteAllText(path, expected);
            return;
        }

        Assert.Equal(expected, document);
    }

    [Fact]
    public void No_record_has_two_fields_of_one_name()
    {
        foreach (var (set, _) in Records)
        {
            var names = set.Fields.Select(field => field.Name).ToList();
            Assert.Equal(names.Distinct().Count(), names.Count);
        }
    }

    [Fact]
    public void Leaf_names_are_snake_case()
    {
        foreach (var field in Records.SelectMany(record => record.Set.Fields))
        {
            Assert.Matches("^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$", field.Name);
        }
    }

    private static string Reference()
    {
        var text = new StringBuilder();
        foreach (var (set, about) in Records)
        {
            text.Append($"\n## {set.Type}\n\n{about}\n\n| field | kind | meaning |\n|---|---|---|\n");
            foreach (var field in set.Fields.Where(field => !field.OnRequest))
            {
                text.Append($"| `{field.Name}` | {field.Kind.ToString().ToLowerInvariant()} | {field.Meaning} |\n");
            }
        }

        return text.ToString();
    }
}
