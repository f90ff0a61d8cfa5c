using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Reads chosen fields of a record, as a comparison sees them.</summary>
/// <param name="fields">Of one kind of record.</param>
public sealed class FieldReader(IReadOnlyList<Field> fields) : FieldSink
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

    public override void Flag(Field field, bool value) => Number(field, value ? 1 : 0);

    public override void FlagIfSet(Field field, bool value) => Flag(field, value);

    public override void Word(Field field, Word value) => Text(field, value.Text);

    public override void List(Field field, ReadOnlySpan<Word> values)
    {
        foreach (var value in values)
        {
            Word(field, value);
        }
    }

    public override void Numbers(Field field, ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            Number(field, value);
        }
    }

    public override void Texts(Field field, ReadOnlySpan<string> values)
    {
        foreach (var value in values)
        {
            Text(field, value);
        }
    }

    public override void Address(Field field, Address value, string? text = null)
    {
        if (Wants(field))
        {
            Add(field, new FieldValue(RangeSet.NumberOf(value), text ?? value.ToString()));
        }
    }

    /// <summary>Never reached: <see cref="Fraction"/> takes the value before it is written out.</summary>
    public override void Digits(Field field, ReadOnlySpan<byte> value)
    {
    }

    protected override void Fraction(Field field, long value, int decimals) =>
        Number(field, field.Kind == FieldKind.Ratio ? value * (FieldScale.Ratio / RatioScale) : value);

    private void Add(Field field, FieldValue value)
    {
        if (Wants(field))
        {
            _values.Add((field, value));
        }
    }
}
