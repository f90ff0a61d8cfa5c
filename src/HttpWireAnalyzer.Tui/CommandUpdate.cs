using System.Globalization;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Tui;

/// <summary>What is typed behind a colon.</summary>
internal static class CommandUpdate
{
    public static readonly IReadOnlyList<string> Names = ["conn", "export", "filter", "frame", "help", "q", "sort", "stop", "w"];

    public static Step Run(Model model, string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var name = space < 0 ? text : text[..space];
        var rest = space < 0 ? "" : text[(space + 1)..].Trim();
        return name switch
        {
            "" => model,
            _ when rest.Length == 0 && name[0] is '+' or '-' && Number(name[1..]) is { } rows =>
                KeyUpdate.Move(model, (int)long.Min(rows, KeyUpdate.Farthest) * (name[0] == '+' ? 1 : -1)),
            _ when rest.Length == 0 && Number(name) is { } row => KeyUpdate.ToRow(model, (int)long.Clamp(row - 1, 0, KeyUpdate.Farthest)),
            "q" or "quit" or "q!" or "wq" => model with { IsEnding = true },
            "stop" when model.Capture.Phase == CapturePhase.Live => new Step(model, new StopCapture()),
            "help" or "h" => model with { HelpTop = 0 },
            "w" or "write" or "w!" or "write!" => Write(model, new OutputPath(rest, name[^1] == '!')),
            "export" or "export!" => ExportUpdate.Of(model, new OutputPath(rest, name[^1] == '!')),
            "filter" => Filter(model, rest),
            "sort" => Sort(model, rest),
            "conn" => Number(rest) is { } number ? ToConnection(model, (int)long.Min(number, int.MaxValue)) : Wrong(model, model.Wording.NoSuchConnection, rest),
            "frame" => Number(rest.TrimStart('#')) is { } frame ? ToFrame(model, frame) : Wrong(model, model.Wording.NoSuchFrame, rest),
            _ => Wrong(model, model.Wording.NoSuchCommand, name),
        };
    }

    /// <summary>What may follow the command that is typed.</summary>
    public static IReadOnlyList<string> ArgumentsOf(Model model, string typed) =>
        typed.StartsWith("sort ", StringComparison.Ordinal) && model.List is { } list
            ? [.. ListUpdate.ColumnNames(list).Where(name => !name.Contains(' ', StringComparison.Ordinal))]
            : typed.StartsWith("export ", StringComparison.Ordinal) || typed.StartsWith("export! ", StringComparison.Ordinal) ? ExportUpdate.UsualFiles(model)
            : [];

    /// <summary>A name for what w writes, to be changed.</summary>
    public static string UsualFile(Model model) => model.View == ViewKind.Assertion ? AssertUpdate.UsualFile(model)
        : model.Selected.Count > 0
            ? "selection.pcapng"
            : string.Create(CultureInfo.InvariantCulture, $"conn-{int.Max(0, DetailUpdate.Current(model))}.pcapng");

    /// <summary>Goes to a connection: in the list, or where one is open to that one.</summary>
    public static Step ToConnection(Model model, int number)
    {
        if (number < 0 || number >= model.Capture.Connections)
        {
            return Wrong(model, model.Wording.NoSuchConnection, number);
        }

        if (model.IsDetail)
        {
            return DetailUpdate.Open(model, number, model.View).Then(step => DetailUpdate.LaidOut(step));
        }

        var there = model with { View = ViewKind.Connections, Back = [] };
        var list = there.Connections;
        var place = list.PlaceOf(number);
        return place < 0
            ? ListUpdate.Arrange(there.With(list with { Order = null, Cursor = number }), list with { Filter = "", Sort = null, Order = null, Cursor = number })
            : ListUpdate.Move(there, place);
    }

    private static Step ToFrame(Model model, long frame)
    {
        if (model.Detail is not { Detail: { Packets: [var first, .., var last] } } detail
            || frame < first.Packet.Number || frame > last.Packet.Number)
        {
            return Wrong(model, model.Wording.NoSuchFrame, frame);
        }

        var view = model.IsDetail ? model.View : ViewKind.Packets;
        return DetailUpdate.Open(model, detail.Number, view, frame);
    }

    private static Step Write(Model model, OutputPath path)
    {
        if (path.Name.Length == 0)
        {
            return Update.Say(model, model.Wording.NameFile, isError: true);
        }

        if (model is { View: ViewKind.Assertion, Assertion: { } assertion })
        {
            return new Step(model, new WriteText(path, assertion.Text));
        }

        var current = DetailUpdate.Current(model);
        IReadOnlySet<int> chosen = model.Selected.Count > 0 ? model.Selected : new HashSet<int> { current };
        return model.Selected.Count == 0 && current < 0
            ? Update.Say(model, model.Wording.NoConnection, isError: true)
            : new Step(Update.Say(model, Update.Text(model.Wording.Writing, path.Name)), new WriteSlice(path, chosen));
    }

    private static Step Filter(Model model, string filter)
    {
        if (model.List is not { } list)
        {
            return NotHere(model, ":filter");
        }

        if (filter.Length > 0)
        {
            FilterBinder.Bind(filter, ListUpdate.ScopeOf(list), out var error);
            if (error is not null)
            {
                return Update.Say(model, error.Message, isError: true);
            }
        }

        return ListUpdate.Filter(model, list, filter);
    }

    private static Step Sort(Model model, string column)
    {
        if (model.List is not { } list)
        {
            return NotHere(model, ":sort");
        }

        var isDescending = column.StartsWith('-');
        var name = column.TrimStart('-');
        return name.Length == 0 ? ListUpdate.Arrange(model, list with { Sort = null, IsDescending = false })
            : ListUpdate.ColumnNames(list).Contains(name, StringComparer.Ordinal)
                ? ListUpdate.Arrange(model, list with { Sort = name, IsDescending = isDescending })
                : Wrong(model, model.Wording.NoSuchColumn, name);
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Step NotHere(Model model, string command) =>
        Update.Say(model, Update.Text(model.Wording.NoSuchKey, command, model.Wording.Views[model.View]), isError: true);

    private static Step Wrong(Model model, string form, object value) =>
        Update.Say(model, Update.Text(form, value), isError: true);
}
