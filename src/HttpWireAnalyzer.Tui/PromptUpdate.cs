using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Tui;

/// <summary>The line that is typed at the foot of the screen: a filter, checked at each letter, a command, or text to look for.</summary>
internal static class PromptUpdate
{
    public static Step Begin(Model model, PromptKind kind, string text) =>
        Checked(model, new Prompt { Kind = kind, Line = InputLine.Of(text) });

    public static Step Insert(Model model, string text)
    {
        if (model.Prompt is not { } prompt)
        {
            return model;
        }

        return prompt.Line.Insert(text) is { } line
            ? Edited(model, prompt, line)
            : Update.Say(model, Update.Text(model.Wording.TooLong, InputLine.MostLetters), isError: true);
    }

    public static Step Of(Model model, string key)
    {
        var prompt = model.Prompt!;
        var line = prompt.Line;
        return key switch
        {
            "Escape" or "Ctrl-c" => model with { Prompt = null },
            "Enter" => Accept(model, prompt),
            "Tab" => Complete(model, prompt, 1),
            "BackTab" => Complete(model, prompt, -1),
            "Up" or "Ctrl-p" => Past(model, prompt, 1),
            "Down" or "Ctrl-n" => Past(model, prompt, -1),
            "Left" or "Ctrl-b" => Checked(model, prompt with { Line = line.ToLeft() }),
            "Right" or "Ctrl-f" => Checked(model, prompt with { Line = line.ToRight() }),
            "Home" or "Ctrl-a" => Checked(model, prompt with { Line = line.ToStart() }),
            "End" or "Ctrl-e" => Checked(model, prompt with { Line = line.ToEnd() }),
            "Backspace" when line.Text.Length == 0 => model with { Prompt = null },
            "Backspace" => Edited(model, prompt, line.EraseLeft()),
            "Delete" or "Ctrl-d" => Edited(model, prompt, line.EraseRight()),
            "Ctrl-u" => Edited(model, prompt, line.EraseToStart()),
            "Ctrl-k" => Edited(model, prompt, line.EraseToEnd()),
            "Ctrl-w" => Edited(model, prompt, line.EraseWord()),
            "Space" => Insert(model, " "),
            _ when key.Length == 1 || (key.Length == 2 && char.IsSurrogatePair(key, 0)) => Insert(model, key),
            _ => model,
        };
    }

    /// <summary>What was changed is no longer a line of the history.</summary>
    private static Step Edited(Model model, Prompt prompt, InputLine line) => Checked(model, prompt with { Line = line, Past = -1 });

    private static Step Accept(Model model, Prompt prompt)
    {
        var typed = model with { Prompt = null };
        return prompt.Kind switch
        {
            PromptKind.Command => CommandUpdate.Run(typed, prompt.Line.Text.Trim()),
            PromptKind.Search => SearchUpdate.Accept(typed, prompt.Line.Text),
            _ => prompt.Error is null && model.List is { } list ? ListUpdate.Filter(typed, list, prompt.Line.Text.Trim()) : model,
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

        var (text, cursor) = prompt.Line;
        var completed = string.Concat(text.AsSpan(0, prompt.ReplacedFrom), prompt.Candidates[chosen], text.AsSpan(cursor));
        var taken = prompt with { Line = new InputLine(completed, prompt.ReplacedFrom + prompt.Candidates[chosen].Length), Chosen = chosen };

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
        var step = Checked(model, prompt with { Line = InputLine.Of(text) });
        return step.Model with { Prompt = step.Model.Prompt! with { Past = past } };
    }

    /// <summary>With what is wrong with the line, and what may stand at the cursor.</summary>
    private static Step Checked(Model model, Prompt prompt)
    {
        var (text, cursor) = prompt.Line;
        var known = prompt with { Error = ErrorOf(model, prompt), Candidates = [], Chosen = -1, ReplacedFrom = cursor };
        if (prompt.Kind == PromptKind.Command)
        {
            var names = text.Contains(' ', StringComparison.Ordinal)
                ? CommandUpdate.ArgumentsOf(model, text[..cursor])
                : CommandUpdate.Names;
            var from = text.LastIndexOf(' ', int.Max(0, cursor - 1)) + 1;
            var begun = text[int.Min(from, cursor)..cursor];
            return model with
            {
                Prompt = known with
                {
                    Candidates = [.. names.Where(name => name.StartsWith(begun, StringComparison.Ordinal))],
                    ReplacedFrom = int.Min(from, cursor),
                },
            };
        }

        if (prompt.Kind == PromptKind.Filter && model.List is { } list)
        {
            var completion = FilterCompletion.Complete(text, cursor, ListUpdate.ScopeOf(list));
            known = known with { Candidates = completion.Candidates, ReplacedFrom = completion.Replaced.Start };
        }

        return model with { Prompt = known };
    }

    private static string? ErrorOf(Model model, Prompt prompt)
    {
        if (prompt.Kind != PromptKind.Filter || model.List is not { } list || string.IsNullOrWhiteSpace(prompt.Line.Text))
        {
            return null;
        }

        FilterBinder.Bind(prompt.Line.Text, ListUpdate.ScopeOf(list), out var error);
        return error?.Message;
    }
}
