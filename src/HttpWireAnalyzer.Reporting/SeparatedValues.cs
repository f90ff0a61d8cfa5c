using System.Buffers;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting;

/// <summary>Rows as lines for programs, behind one line of names.</summary>
public sealed class SeparatedValues : IRowSink
{
    private static readonly SearchValues<char> InQuotes = SearchValues.Create(",\"\r\n");

    private readonly TextWriter _output;
    private readonly IReadOnlyList<Field> _fields;
    private readonly char _separator;
    private readonly string _lineEnd;

    /// <summary>A cell with any of these stands in quotation marks; null: none does.</summary>
    private readonly SearchValues<char>? _quoted;
    private bool _begun;

    private SeparatedValues(
        TextWriter output, IReadOnlyList<Field> fields, char separator, string lineEnd, SearchValues<char>? quoted)
    {
        _output = output;
        _fields = fields;
        _separator = separator;
        _lineEnd = lineEnd;
        _quoted = quoted;
    }

    /// <remarks>Cells hold no tabs: they are escaped.</remarks>
    public static SeparatedValues ByTabs(TextWriter output, IReadOnlyList<Field> fields) =>
        new(output, fields, '\t', "\n", quoted: null);

    /// <remarks>RFC 4180, whose lines end with CR LF.</remarks>
    public static SeparatedValues ByCommas(TextWriter output, IReadOnlyList<Field> fields) =>
        new(output, fields, ',', "\r\n", InQuotes);

    public void Add(string[] cells)
    {
        End();
        Write(cells);
    }

    /// <remarks>The names stand there without any row too.</remarks>
    public void End()
    {
        if (!_begun)
        {
            _begun = true;
            Write([.. _fields.Select(field => field.Name)]);
        }
    }

    private void Write(string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
            {
                _output.Write(_separator);
            }

            var isQuoted = _quoted is not null && cells[i].AsSpan().ContainsAny(_quoted);
            _output.Write(isQuoted ? $"\"{cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cells[i]);
        }

        _output.Write(_lineEnd);
    }
}
