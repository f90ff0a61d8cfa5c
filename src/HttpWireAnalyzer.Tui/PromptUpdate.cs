using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Tui;

/// <summary>The line that is typed at the foot of the screen: a filter, checked at each letter, a command, or text to look for.</summary>
internal static class PromptUpdate
{
    /// <summary>Longer than any filter or path that is typed.</summary>
    private const int MostLetters = 4096;

    public static Step Begin(Model model, PromptKind kind, string text) =>
        Checked(model, new Prompt { Kind = kind, Text = text, Cursor = text.Length });

    public static Step Insert(Model model, string text)
    {
        if (model.Prompt is not { } prompt)
        {
            return model;
        }

        var line = string.Concat(text.Where(letter => !char.IsControl(letter)));
        return prompt.Text.Length + line.Length > MostLetters ? Update.Say(model, Update.Text(model.Wording.TooLong, MostLetters), isError: true) : Checked(model, prompt with
        {
            Text = prompt.Text.Insert(prompt.Cursor, line),
            Cursor = prompt.Cursor + line.Length,
            Past = -1,
        });
    }

    public static Step Of(Model model, string key)
    {
        var prompt = model.Prompt!;
        return key switch
        {
            "Escape" or "Ctrl-c" => model with { Prompt = null },
            "Enter" => Accept(model, prompt),
            "Tab" => Complete(model, prompt, 1),
            "BackTab" => Complete(model, prompt, -1),
            "Up" or "Ctrl-p" => Past(model, prompt, 1),
            "Down" or "Ctrl-n" => Past(model, prompt, -1),
            "Left" or "Ctrl-b" => Checked(model, prompt with { Cursor = Before(prompt.Text, prompt.Cursor) }),
            "Right" or "Ctrl-f" => Checked(model, prompt with { Cursor = After(prompt.Text, prompt.Cursor) }),
            "Home" or "Ctrl-a" => Checked(model, prompt with { Cursor = 0 }),
            "End" or "Ctrl-e" => Checked(model, prompt with { Cursor = prompt.Text.Length }),
            "Backspace" when prompt.Text.Length == 0 => model with { Prompt = null },
            "Backspace" => Erase(model, prompt, Before(prompt.Text, prompt.Cursor), prompt.Cursor),
            "Delete" or "Ctrl-d" => Erase(model, prompt, prompt.Cursor, After(prompt.Text, prompt.Cursor)),
            "Ctrl-u" => Erase(model, prompt, 0, prompt.Cursor),
            "Ctrl-k" => Erase(model, prompt, prompt.Cursor, prompt.Text.Length),
            "Ctrl-w" => Erase(model, prompt, WordBefore(prompt), prompt.Cursor),
            "Space" => Insert(model, " "),
            _ when key.Length == 1 || (key.Length == 2 && char.IsSurrogatePair(key, 0)) => Insert(model, key),
            _ => model,
        };
    }

    private static Step Erase(Model model, Prompt prompt, int from, int to) => Checked(model, prompt with
    {
        Text = prompt.Text.Remove(from, to - from),
        Cursor = from,
        Past = -1,
    });

    private static Step Accept(Model model, Prompt prompt)
    {
        var typed = model with { Prompt = null };
        return prompt.Kind switch
        {
            PromptKind.Command => CommandUpdate.Run(typed, prompt.Text.Trim()),
            PromptKind.Search => SearchUpdate.Accept(typed, prompt.Text),
            _ => prompt.Error is null && model.List is { } list ? ListUpdate.Filter(typed, list, prompt.Text.Trim()) : model,
        };
    }

    /// <summary>Takes the next candidate in the place of what was typed of it.</summary>
    private static Step Complete(Model model, Prompt prompt, int by)
    {
        if (prompt.Candidates.Count == 0)
        {
            return model;
        }

        var chosen = (prompt.Chosen + by + prompt.Candidates.Count) % prompt.Candidates.Count;
        if (prompt.Chosen < 0 && by < 0)
        {
            chosen = prompt.Candidates.Count - 1;
        }

        var text = string.Concat(prompt.Text.AsSpan(0, prompt.ReplacedFrom), prompt.Candidates[chosen], prompt.Text.AsSpan(prompt.Cursor));
        var taken = prompt with { Text = text, Cursor = prompt.ReplacedFrom + prompt.Candidates[chosen].Length, Chosen = chosen };

        // The one candidate is taken for good; of several, the next Tab takes the next.
        return prompt.Candidates.Count == 1 ? Checked(model, taken) : model with { Prompt = taken with { Error = ErrorOf(model, taken) } };
    }

    private static Step Past(Model model, Prompt prompt, int by)
    {
        var history = prompt.Kind switch { PromptKind.Filter => model.History, PromptKind.Search => model.Searches, _ => [] };
        var past = int.Clamp(prompt.Past + by, -1, history.Count - 1);
        if (past == prompt.Past)
        {
            return model;
        }

        var text = past < 0 ? "" : history[past];
        var step = Checked(model, prompt with { Text = text, Cursor = text.Length });
        return step.Model with { Prompt = step.Model.Prompt! with { Past = past } };
    }

    /// <summary>With what is wrong with the line, and what may stand at the cursor.</summary>
    private static Step Checked(Model model, Prompt prompt)
    {
        var known = prompt with { Error = ErrorOf(model, prompt), Candidates = [], Chosen = -1, ReplacedFrom = prompt.Cursor };
        if (prompt.Kind == PromptKind.Command)
        {
            var names = prompt.Text.Contains(' ', StringComparison.Ordinal)
                ? CommandUpdate.ArgumentsOf(model, prompt.Text[..prompt.Cursor])
                : CommandUpdate.Names;
            var from = prompt.Text.LastIndexOf(' ', int.Max(0, prompt.Cursor - 1)) + 1;
            var begun = prompt.Text[int.Min(from, prompt.Cursor)..prompt.Cursor];
            return model with
            {
                Prompt = known with
                {
                    Candidates = [.. names.Where(name => name.StartsWith(begun, StringComparison.Ordinal))],
                    ReplacedFrom = int.Min(from, prompt.Cursor),
                },
            };
        }

        if (prompt.Kind == PromptKind.Filter && model.List is { } list)
        {
            var completion = FilterCompletion.Complete(prompt.Text, prompt.Cursor, ListUpdate.ScopeOf(list));
            known = known with { Candidates = completion.Candidates, ReplacedFrom = completion.Replaced.Start };
        }

        return model with { Prompt = known };
    }

    private static string? ErrorOf(Model model, Prompt prompt)
    {
        if (prompt.Kind != PromptKind.Filter || model.List is not { } list || string.IsNullOrWhiteSpace(prompt.Text))
        {
            return null;
        }

        FilterBinder.Bind(prompt.Text, ListUpdate.ScopeOf(list), out var error);
        return error?.Message;
    }

    private static int Before(string text, int at) => at == 0 ? 0 : at > 1 && char.IsSurrogatePair(text[at - 2], text[at - 1]) ? at - 2 : at - 1;

    private static int After(string text, int at) =>
        at >= text.Length ? text.Length : at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? at + 2 : at + 1;

    private static int WordBefore(Prompt prompt)
    {
        var at = prompt.Cursor;
        while (at > 0 && prompt.Text[at - 1] == ' ')
        {
            at--;
        }

        while (at > 0 && prompt.Text[at - 1] != ' ')
        {
            at--;
        }

        return at;
    }
}
