using HttpWireAnalyzer.Tui.Layout;

namespace HttpWireAnalyzer.Tui.Searching;

/// <summary>Lines of words. What was folded to the width of the screen is found across the fold, which counts as one blank.</summary>
internal sealed class SearchedText(int count, Func<int, IReadOnlyList<Run>> runsOf) : ISearchedLines
{
    public SearchedText(IReadOnlyList<Run> lines)
        : this(lines.Count, at => [lines[at]])
    {
    }

    public SearchedText(IReadOnlyList<IReadOnlyList<Run>> lines)
        : this(lines.Count, at => lines[at])
    {
    }

    public int Count => count;

    public int Next(SoughtText text, int line, int direction)
    {
        for (var at = line + direction; at >= 0 && at < count; at += direction)
        {
            if (IsOn(text, at))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Whether it begins on that line.</summary>
    public bool IsOn(SoughtText text, int line)
    {
        var passage = new Passage(LineAt(line).Trim());
        AddFollowing(passage, text, line);
        return text.In(passage.Text, 0) is >= 0 and var found && found <= passage.End;
    }

    public IEnumerable<FoundColumns> On(SoughtText text, int line)
    {
        var shown = LineAt(line);
        var indent = shown.Length - shown.TrimStart().Length;
        var passage = new Passage(shown.Trim());
        AddFollowing(passage, text, line);
        AddPreceding(passage, text, line);
        for (var found = text.In(passage.Text, 0); found >= 0 && found < passage.End; found = text.In(passage.Text, found + text.Text.Length))
        {
            var from = int.Max(0, found - passage.Start);
            var to = int.Min(found + text.Text.Length, passage.End) - passage.Start;
            if (from < to)
            {
                var before = Sheet.WidthOf(shown[..(indent + from)]);
                yield return new FoundColumns(before, Sheet.WidthOf(shown[..(indent + to)]) - before);
            }
        }
    }

    private string LineAt(int line) => string.Concat(runsOf(line).Select(run => run.Text));

    /// <summary>As much of the lines below as the text may reach into.</summary>
    private void AddFollowing(Passage passage, SoughtText text, int line)
    {
        for (var room = text.ReachesOver; room > 0 && ++line < count;)
        {
            room -= passage.Append(LineAt(line).Trim());
        }
    }

    private void AddPreceding(Passage passage, SoughtText text, int line)
    {
        for (var room = text.ReachesOver; room > 0 && --line >= 0;)
        {
            room -= passage.Prepend(LineAt(line).Trim());
        }
    }

    /// <summary>A line among its neighbours.</summary>
    private sealed class Passage(string line)
    {
        private readonly int _length = line.Length;

        public string Text { get; private set; } = line;

        public int Start { get; private set; }

        public int End => Start + _length;

        public int Append(string next)
        {
            Text = $"{Text} {next}";
            return next.Length + 1;
        }

        public int Prepend(string before)
        {
            Text = $"{before} {Text}";
            Start += before.Length + 1;
            return before.Length + 1;
        }
    }
}
