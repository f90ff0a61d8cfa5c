using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Reads chosen fields of a record, as a comparison sees them.</summary>
/// <param name="fields">Of one kind of record.</param>
public sealed class FieldReader(IReadOnlyList<Field> fields) : ComparedValues
{
    private readonly List<(Field Field, FieldValue Value)> _values = [];

    /// <summary>In the order of the record; a field with several values comes several times, an absent one never.</summary>
    public IReadOnlyList<(Field Field, FieldValue Value)> Values => _values;

    public override bool WantsOnRequest { get; } = fields.Any(field => field.OnRequest);

    /// <summary>Before a record is written to it.</summary>
    public FieldReader Begin()
    {
        _values.Clear();
        return this;
    }

    public override bool Wants(Field field) => fields.Contains(field);

    public override void Text(Field field, string value) => Add(field, new FieldValue(0, value));

    public override void Number(Field field, long value) => Add(field, new FieldValue(value, null));

    public override void NumberIfAny(Field field, long value) => Number(field, value);

    public override void Word(Field field, Word value) => Text(field, value.Text);

    public override void Address(Field field, Address value, string? text = null)
    {
        if (Wants(field))
        {
            Add(field, new FieldValue(RangeSet.NumberOf(value), text ?? value.ToString()));
        }
    }

    private void Add(Field field, FieldValue value)
    {
        if (Wants(field))
        {
            _values.Add((field, value));
        }
    }
}
