using System.Text;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Cli;

/// <summary>hwa fields: every value that can be listed or filtered by.</summary>
internal static class FieldsVerb
{
    private const string Help = """
        hwa fields [RE]
        Every field: its name, its kind, the records that have it, the fields that it is another name of, and its
        meaning. With RE, those whose name or meaning matches the regular expression, whatever the case.

          --json            one JSON object a line, with the words of closed sets (docs/json.md)
          --table           columns even in a pipe

        Examples:
          hwa fields close
          hwa fields '^tcp\.'
          hwa fields --json | jq -r '."field.name"'

        """;

    /// <summary>For completion.</summary>
    public static readonly string[] OptionNames = ["--json", "--table", "--help"];

    private static readonly FieldSet[] Sets =
        [SummaryFields.Set, ConnectionFields.Set, ExchangeFields.Set, MessageRecordFields.Set, PoolFields.Set, PortFields.Set, FindingFields.Set, PacketFields.Set, CaptureFields.RemarkSet, CaptureFields.Set];

    private static readonly Field[] Columns =
        [CatalogueFields.Name, CatalogueFields.Kind, CatalogueFields.Records, CatalogueFields.AliasOf, CatalogueFields.Meaning];

    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        List<string> given = [.. args.Skip(1)];
        List<string> patterns = [.. given.Where(arg => arg != "-h" && !OptionNames.Contains(arg))];
        Arguments.RefuseOptions(patterns, OptionNames);
        if (given.Contains("-h") || given.Contains("--help"))
        {
            Hwa.Write(terminal, Help);
            return ExitCode.Done;
        }

        var entries = Chosen(patterns);
        if (given.Contains("--json"))
        {
            WriteJson(entries, terminal);
        }
        else
        {
            WriteRows(entries, terminal, terminal.OutputIsTerminal || given.Contains("--table"));
        }

        return ExitCode.Done;
    }

    private static IEnumerable<CatalogueEntry> Chosen(List<string> patterns)
    {
        var all = CatalogueFields.Of(Sets);
        switch (patterns.Count)
        {
            case 0:
                return all;
            case > 1:
                throw new UsageException("hwa fields takes one regular expression.");
        }

        var pattern = TextPattern.Of(patterns[0], out var wrong)
            ?? throw new UsageException($"hwa fields cannot look for this regular expression: {wrong}.");
        return all.Where(entry => pattern.Holds(entry.Name) || pattern.Holds(entry.Meaning));
    }

    private static void WriteJson(IEnumerable<CatalogueEntry> entries, Terminal terminal)
    {
        var lines = new JsonLines(terminal.Output);
        foreach (var entry in entries)
        {
            lines.Begin(CatalogueFields.Set);
            CatalogueFields.Write(entry, lines);
            lines.End();
        }

        lines.Flush();
    }

    private static void WriteRows(IEnumerable<CatalogueEntry> entries, Terminal terminal, bool isTable)
    {
        using var text = new StreamWriter(terminal.Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        IRowSink rows = isTable ? new AlignedFields(text, Columns, new TextStyle(false)) : SeparatedValues.ByTabs(text, Columns);
        foreach (var entry in entries)
        {
            rows.Add(
            [
                entry.Name,
                CatalogueFields.NameOf(entry.Kind),
                string.Join(',', entry.Records),
                string.Join(',', entry.AliasOf),
                entry.Meaning,
            ]);
        }

        rows.End();
    }
}
