using System.Globalization;

namespace HttpWireAnalyzer.Tui;

/// <summary>What writes the list that is shown to a file, by the file's name in one form or another.</summary>
internal static class ExportUpdate
{
    private static readonly (string Ending, ExportForm Form)[] Forms =
        [(".ndjson", ExportForm.Json), (".tsv", ExportForm.Tabs), (".csv", ExportForm.Commas), (".jsonl", ExportForm.Json), (".json", ExportForm.Json)];

    public static Step Of(Model model, OutputPath path)
    {
        if (ListOf(model) is not { } list)
        {
            return Update.Say(model, model.Wording.NothingToExport, isError: true);
        }

        var form = Array.FindIndex(Forms, form => path.Name.EndsWith(form.Ending, StringComparison.OrdinalIgnoreCase));
        return form < 0
            ? Update.Say(model, model.Wording.ExportWhere, isError: true)
            : new Step(Update.Say(model, Update.Text(model.Wording.Writing, path.Name)), new WriteList(path, list, FilterOf(model), Forms[form].Form));
    }

    /// <summary>Names for the file, to choose from.</summary>
    public static IReadOnlyList<string> UsualFiles(Model model) => ListOf(model) is { } list
        ? [.. Forms.Take(3).Select(form => list.ToString().ToLowerInvariant() + form.Ending)]
        : [];

    /// <summary>Of an open connection its packets; null where there is no list.</summary>
    private static ExportedList? ListOf(Model model) => model.View switch
    {
        ViewKind.Connections => ExportedList.Connections,
        ViewKind.Exchanges => ExportedList.Exchanges,
        ViewKind.Pools => ExportedList.Pools,
        ViewKind.Findings => ExportedList.Findings,
        ViewKind.Ports => ExportedList.Ports,
        _ => model.IsDetail && model.Detail is not null ? ExportedList.Packets : null,
    };

    private static string FilterOf(Model model) => model.List is { } list
        ? list.Filter
        : string.Create(CultureInfo.InvariantCulture, $"conn.id == {model.Detail!.Number}");
}
