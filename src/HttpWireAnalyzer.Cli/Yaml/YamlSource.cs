using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting;
using YamlDotNet.Core;

namespace HttpWireAnalyzer.Cli.Yaml;

/// <summary>A file's text, to show what is wrong where it stands.</summary>
internal sealed class YamlSource(string path, string text)
{
    private readonly string[] _lines = text.ReplaceLineEndings("\n").Split('\n');

    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>The first tab that indents a line; null without one.</summary>
    /// <param name="from">The line to begin with, from 1.</param>
    public Mark? FirstTab(int from)
    {
        for (var line = int.Max(from, 1); line <= _lines.Length; line++)
        {
            var text = _lines[line - 1];
            var tab = text.IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && string.IsNullOrWhiteSpace(text[..tab]))
            {
                return new Mark(0, line, tab + 1);
            }
        }

        return null;
    }

    public YamlFileException Wrong(YamlNode node, string problem)
    {
        var isOneLine = node.End.Line == node.Start.Line && node.End.Column > node.Start.Column;
        return Wrong(node.Start, isOneLine ? (int)(node.End.Column - node.Start.Column) : 1, problem);
    }

    public YamlFileException Wrong(Mark at, int length, string problem) => Wrong((int)at.Line, (int)at.Column, length, problem);

    /// <summary>Inside an expression: the caret stands in the file's line where that can be told, else in the expression.</summary>
    public YamlFileException Wrong(YamlScalar expression, FilterError error)
    {
        var start = Locate(expression, error.Span.Start);
        if (start is { } place)
        {
            return Wrong(place.Line, place.Column, error.Span.Length, error.Message);
        }

        return new YamlFileException(
            $"{Path}:{expression.Start.Line}:{expression.Start.Column}: {error.Message}",
            CaretPicture.Of(expression.Value, error.Span.Start, error.Span.End));
    }

    private YamlFileException Wrong(int line, int column, int length, string problem)
    {
        var shown = line >= 1 && line <= _lines.Length ? _lines[line - 1] : "";
        var start = int.Clamp(column - 1, 0, shown.Length);
        return new YamlFileException($"{Path}:{line}:{column}: {problem}", CaretPicture.Of(shown, start, int.Clamp(start + length, start, shown.Length)));
    }

    /// <summary>Where a character of a scalar's value stands; null where it is folded or escaped in ways that move it.</summary>
    private (int Line, int Column)? Locate(YamlScalar scalar, int offset)
    {
        var (line, column) = ((int)scalar.Start.Line, (int)scalar.Start.Column);
        if (scalar.Style == ScalarStyle.Literal)
        {
            var before = scalar.Value.AsSpan(0, offset);
            var row = line + 1 + before.Count('\n');
            var inRow = offset - (before.LastIndexOf('\n') + 1);
            return row > _lines.Length ? null : (row, _lines[row - 1].Length - _lines[row - 1].TrimStart(' ').Length + inRow + 1);
        }

        if (scalar.Style == ScalarStyle.Folded || (scalar.Style == ScalarStyle.Plain && scalar.End.Line != scalar.Start.Line))
        {
            return LocateFolded(scalar, offset);
        }

        if (scalar.End.Line != scalar.Start.Line || line > _lines.Length)
        {
            return null;
        }

        var raw = _lines[line - 1];
        var at = column - 1 + (scalar.Style == ScalarStyle.Plain ? 0 : 1);
        for (var i = 0; i < offset; i++)
        {
            var isTwo = at + 1 < raw.Length && (scalar.Style == ScalarStyle.SingleQuoted ? raw[at] == '\'' && raw[at + 1] == '\''
                : scalar.Style == ScalarStyle.DoubleQuoted && raw[at] == '\\');
            at += isTwo ? 2 : 1;
            if (at > raw.Length)
            {
                return null;
            }
        }

        return (line, at + 1);
    }

    /// <summary>Lines that became one: between two of them stands a blank, or as many line ends as there were empty lines (YAML 1.2.2 §6.5).</summary>
    private (int Line, int Column)? LocateFolded(YamlScalar scalar, int offset)
    {
        var isPlain = scalar.Style == ScalarStyle.Plain;
        var from = (int)scalar.Start.Line + (isPlain ? 0 : 1);
        var indent = isPlain ? 0 : _lines.Skip(from - 1).FirstOrDefault(row => !string.IsNullOrWhiteSpace(row))?.TakeWhile(letter => letter == ' ').Count() ?? 0;
        var at = 0;
        for (var line = from; line <= _lines.Length && at <= scalar.Value.Length; line++)
        {
            var row = _lines[line - 1];
            var begin = !isPlain ? int.Min(indent, row.Length)
                : line == from ? (int)scalar.Start.Column - 1
                : row.Length - row.TrimStart().Length;
            var text = isPlain ? row[begin..].TrimEnd() : row[begin..];
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (!scalar.Value.AsSpan(at).StartsWith(text))
            {
                return null;
            }

            if (offset <= at + text.Length)
            {
                return (line, begin + offset - at + 1);
            }

            at += text.Length;
            at += scalar.Value.AsSpan(at).IndexOfAnyExcept('\n') switch
            {
                < 0 => scalar.Value.Length - at,
                0 => 1,
                var ends => ends,
            };
        }

        return null;
    }
}

/// <summary>A file that cannot be understood: file, line and column, and the line itself with a caret.</summary>
internal sealed class YamlFileException(string message, IReadOnlyList<string> picture) : Exception(message)
{
    public IReadOnlyList<string> Picture { get; } = picture;
}
