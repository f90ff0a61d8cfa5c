using System.Buffers;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting;

/// <summary>Comma-separated values with one line of names (RFC 4180, whose lines end with CR LF).</summary>
public sealed class CommaSeparated(TextWriter output, IReadOnlyList<Field> fields) : IRowSink
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    private bool _begun;

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
            Write([.. fields.Select(field => field.Name)]);
        }
    }

    private void Write(string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            output.Write(i > 0 ? "," : "");
            output.Write(cells[i].AsSpan().ContainsAny(Quoted) ? $"\"{cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cells[i]);
        }

        output.Write("\r\n");
    }
}
