using System.Diagnostics;

namespace HttpWireAnalyzer.Tui;

/// <summary>What the second key does after one that waits for it.</summary>
internal static class PendingUpdate
{
    public static Step Of(Model model, char first, string key) => first switch
    {
        'f' => FilterByCell(model, key),
        'm' when key is [(>= 'a' and <= 'z') or (>= 'A' and <= 'Z')] => Mark(model, key[0]),
        '\'' when key is [var letter] => GoToMark(model, letter),
        'm' or '\'' => model,
        _ => throw new UnreachableException(),
    };

    private static Step FilterByCell(Model model, string key)
    {
        if (model.List is not { } list || ListUpdate.TermOfCell(model) is not { } term)
        {
            return model;
        }

        var filter = key switch
        {
            "=" or "Enter" or "f" => term,
            "!" => Not(term),
            "+" or "&" => Joined(list.Filter, term),
            "-" => Joined(list.Filter, Not(term)),
            _ => null,
        };
        return filter is null ? model : ListUpdate.Filter(model, list, filter);
    }

    private static string Not(string term) => term.StartsWith('!') ? term[1..] : $"!({term})";

    private static string Joined(string filter, string term) => filter.Length == 0 ? term
        : filter.Contains("||", StringComparison.Ordinal) || filter.Contains(" or ", StringComparison.Ordinal) ? $"({filter}) && {term}"
        : $"{filter} && {term}";

    private static Step Mark(Model model, char letter)
    {
        var number = DetailUpdate.Current(model);
        return number < 0
            ? model
            : Update.Say(model with { Marks = model.Marks.SetItem(letter, number) }, Update.Text(model.Wording.Marked, letter, number));
    }

    private static Step GoToMark(Model model, char letter) => model.Marks.TryGetValue(letter, out var number)
        ? CommandUpdate.ToConnection(model, number)
        : Update.Say(model, Update.Text(model.Wording.NoMark, letter), isError: true);
}
