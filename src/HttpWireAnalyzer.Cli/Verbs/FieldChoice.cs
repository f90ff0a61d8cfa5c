using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.Cli;

/// <summary>The columns that -e chose, and the one that --sort names.</summary>
internal sealed class FieldChoice
{
    private readonly int _sortColumn;
    private readonly bool _descending;
    private readonly bool _commas;

    private FieldChoice(List<Field> fields, int sortColumn, bool descending, bool commas, RecordOrder? order = null)
    {
        Fields = fields;
        Order = order;
        _commas = commas;
        _sortColumn = sortColumn;
        _descending = descending;
    }

    public IReadOnlyList<Field> Fields { get; }

    /// <summary>What --sort asks for, where the field that it names is no column; null where it asks for nothing.</summary>
    public RecordOrder? Order { get; }

    public static FieldChoice Of(Request request, FieldSet set, IReadOnlyList<string> usual)
    {
        var names = request.FieldNames.Count > 0 ? request.FieldNames : usual;
        var fields = names.SelectMany(name => Find(request.Verb, set, name)).Distinct().ToList();
        if (request.Sort is not { Length: > 0 } sort)
        {
            return new FieldChoice(fields, -1, false, request.Commas);
        }

        var descending = sort[0] == '-';
        var field = Find(request.Verb, set, descending ? sort[1..] : sort)[0];
        if (!fields.Contains(field))
        {
            fields.Add(field);
        }

        return new FieldChoice(fields, fields.IndexOf(field), descending, request.Commas, new RecordOrder(set, field, descending));
    }

    public static void RefuseWithJson(Request request)
    {
        if (request.FieldNames.Count > 0 || request.Sort is not null)
        {
            throw new UsageException("-e and --sort go with tables and TSV; --json gives every field, in capture order.");
        }
    }

    public IRowSink Rows(Session session, bool isTable)
    {
        IRowSink rows = isTable
            ? new AlignedFields(session.Text, Fields, session.Style)
            : _commas ? SeparatedValues.ByCommas(session.Text, Fields)
            : SeparatedValues.ByTabs(session.Text, Fields);
        return _sortColumn < 0 ? rows : new SortedRows(rows, _sortColumn, Fields[_sortColumn], _descending);
    }

    /// <summary>Several for a name of Wireshark's that is both ends'.</summary>
    private static IReadOnlyList<Field> Find(Verb verb, FieldSet set, string name) => Find(set, name)
        ?? throw new UsageException(
            OfOthers(verb, name) ?? WiresharkNames.NoSuchField(name, FieldAliases.NamesOf(set)) + " (-e help lists them.)");

    private static IReadOnlyList<Field>? Find(FieldSet set, string name) => set.Find(name) is { } field
        ? [field]
        : FieldAliases.Find(set, name)?.Fields;

    /// <summary>Says which verb lists a field that this one does not; null where none does.</summary>
    private static string? OfOthers(Verb verb, string name)
    {
        foreach (var other in Enum.GetValues<Verb>().Where(other => other != Verb.Summary))
        {
            if (Verbs.FieldsOf(other) is { } set && Find(set, name) is not null)
            {
                var asked = Verbs.ScopeOf(verb).Names.Contains(name) ? "; -Y takes it here too" : "";
                return $"{name} is a field of {set.Type} records: hwa {Verbs.Name(other)} lists it, and hwa {Verbs.Name(verb)} does not{asked}.";
            }
        }

        return null;
    }
}
