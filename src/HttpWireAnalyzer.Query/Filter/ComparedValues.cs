using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>
/// Takes values as a comparison sees them: those of a list one by one, flags as 1 and 0, fractions in the scale of their field.
/// </summary>
public abstract class ComparedValues : FieldSink
{
    public sealed override void Flag(Field field, bool value) => Number(field, value ? 1 : 0);

    /// <summary>A flag that is absent when false is false, not absent, to a comparison.</summary>
    public sealed override void FlagIfSet(Field field, bool value) => Flag(field, value);

    public sealed override void List(Field field, ReadOnlySpan<Word> values)
    {
        foreach (var value in values)
        {
            Word(field, value);
        }
    }

    public sealed override void Numbers(Field field, ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            Number(field, value);
        }
    }

    public sealed override void Texts(Field field, ReadOnlySpan<string> values)
    {
        foreach (var value in values)
        {
            Text(field, value);
        }
    }

    /// <summary>Never reached: <see cref="Fraction"/> takes the value before it is written out.</summary>
    public sealed override void Digits(Field field, ReadOnlySpan<byte> value)
    {
    }

    protected sealed override void Fraction(Field field, long value, int decimals) =>
        Number(field, field.Kind == FieldKind.Ratio ? value * (FieldScale.Ratio / RatioScale) : value);
}
