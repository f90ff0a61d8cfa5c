using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting;

/// <summary>The chosen fields of one record as text, in the order in which they were chosen.</summary>
internal sealed class RowCells : FieldSink
{
    private readonly int[] _columns;

    public RowCells(FieldSet fields, IReadOnlyList<Field> chosen)
    {
        _columns = new int[fields.Fields.Count];
        Array.Fill(_columns, -1);
        for (var i = 0; i < chosen.Count; i++)
        {
            _columns[chosen[i].Index] = i;
        }

        Cells = new string[chosen.Count];
        WantsOnRequest = chosen.Any(field => field.OnRequest);
        Clear();
    }

    /// <summary>Absent values are empty.</summary>
    public string[] Cells { get; }

    public void Clear() => Array.Fill(Cells, "");

    public override bool WantsOnRequest { get; }

    public override bool Wants(Field field) => _columns[field.Index] >= 0;

    public override void Text(Field field, string value) => Set(field, PrintableText.Of(value));

    public override void Number(Field field, long value)
    {
        if (Wants(field))
        {
            Set(field, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    public override void Flag(Field field, bool value) => Set(field, value ? "true" : "false");

    public override void Word(Field field, Word value) => Set(field, value.Text);

    public override void List(Field field, ReadOnlySpan<Word> values)
    {
        if (Wants(field))
        {
            Set(field, string.Join(',', values.ToArray().Select(value => value.Text)));
        }
    }

    public override void Numbers(Field field, ReadOnlySpan<long> values)
    {
        if (Wants(field))
        {
            Set(field, string.Join(',', values.ToArray()));
        }
    }

    public override void Texts(Field field, ReadOnlySpan<string> values)
    {
        if (Wants(field))
        {
            Set(field, string.Join(',', values.ToArray().Select(PrintableText.Of)));
        }
    }

    public override void Digits(Field field, ReadOnlySpan<byte> value)
    {
        if (Wants(field))
        {
            Set(field, Encoding.ASCII.GetString(value));
        }
    }

    private void Set(Field field, string value)
    {
        var column = _columns[field.Index];
        if (column >= 0)
        {
            Cells[column] = value;
        }
    }
}
