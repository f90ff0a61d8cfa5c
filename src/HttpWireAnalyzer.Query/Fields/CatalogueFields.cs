using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>A name, and the kinds of record in which it has one meaning.</summary>
/// <param name="AliasOf">The fields that it is another name of; empty for a field's own name.</param>
/// <param name="Words">Of its closed set; empty for a value that is of none.</param>
/// <param name="IsOrdered">The words stand from the least to the greatest.</param>
public sealed record CatalogueEntry(
    string Name,
    FieldKind Kind,
    IReadOnlyList<string> Records,
    IReadOnlyList<string> AliasOf,
    IReadOnlyList<string> Words,
    bool IsOrdered,
    bool OnRequest,
    string Meaning);

/// <summary>The record of type "field": what there is to list and to filter by.</summary>
public static class CatalogueFields
{
    public static readonly FieldSet Set = new("field");

    public static readonly Field Name = Set.Add("field.name", Text, "As in JSON, -e, --sort and -Y");
    public static readonly Field Kind = Set.Add("field.kind", Text, "See \"Kinds of value\"");
    public static readonly Field Records = Set.Add("field.records", FieldKind.List, "Types of record that have it with this meaning");
    public static readonly Field AliasOf = Set.Add("field.alias_of", FieldKind.List, "The fields that it is another name of; absent for a field's own name");
    public static readonly Field WordsOf = Set.Add("field.words", FieldKind.List, "The words that it can be; absent where it is of no closed set");
    public static readonly Field Ordered = Set.Add("field.ordered", Flag, "true where those words stand from the least to the greatest, and < <= > >= go with them");
    public static readonly Field OnRequest = Set.Add("field.on_request", Flag, "true where only -e, --sort and -Y know it");
    public static readonly Field Meaning = Set.Add("field.meaning", Text, "What it says");

    /// <summary>Every name of <paramref name="sets"/>, in the order of the records; a name with two meanings twice.</summary>
    public static IReadOnlyList<CatalogueEntry> Of(IReadOnlyList<FieldSet> sets) =>
    [
        .. sets.SelectMany(Entries)
            .GroupBy(entry => (entry.Name, entry.Kind, entry.Meaning, Aliases: string.Join(',', entry.AliasOf)))
            .Select(group => group.First() with { Records = [.. group.SelectMany(entry => entry.Records)] }),
    ];

    public static void Write(CatalogueEntry entry, FieldSink sink)
    {
        sink.Text(Name, entry.Name);
        sink.Text(Kind, NameOf(entry.Kind));
        sink.Texts(Records, [.. entry.Records]);
        if (entry.AliasOf.Count > 0)
        {
            sink.Texts(AliasOf, [.. entry.AliasOf]);
        }

        if (entry.Words.Count > 0)
        {
            sink.Texts(WordsOf, [.. entry.Words]);
        }

        sink.FlagIfSet(Ordered, entry.IsOrdered);
        sink.FlagIfSet(OnRequest, entry.OnRequest);
        sink.Text(Meaning, entry.Meaning);
    }

    public static string NameOf(FieldKind kind) => kind.ToString().ToLowerInvariant();

    private static IEnumerable<CatalogueEntry> Entries(FieldSet set) => set.Fields
        .Select(field => new CatalogueEntry(
            field.Name, field.Kind, [set.Type], [], TextsOf(field), field.IsOrdered, field.OnRequest, field.Meaning))
        .Concat(FieldAliases.For(set).Select(alias => new CatalogueEntry(
            alias.Name,
            alias.Fields[0].Kind,
            [set.Type],
            [.. alias.Fields.Select(field => field.Name)],
            TextsOf(alias.Fields[0]),
            alias.Fields[0].IsOrdered,
            true,
            "The same as " + string.Join(" and ", alias.Fields.Select(field => field.Name)))));

    private static IReadOnlyList<string> TextsOf(Field field) => [.. (field.Words ?? []).Select(word => word.Text)];
}
