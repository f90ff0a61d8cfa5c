using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>
/// Takes the fields of one record, in their order. An unknown value is not given at all: absent, never 0. JSON, TSV
/// and tables are sinks, so that a field means the same in all of them.
/// </summary>
public abstract class FieldSink
{
    /// <summary>False where making the value would be for nothing.</summary>
    public abstract bool Wants(Field field);

    public abstract void Text(Field field, string value);

    public abstract void Number(Field field, long value);

    public abstract void Flag(Field field, bool value);

    public abstract void Word(Field field, Word value);

    public abstract void List(Field field, ReadOnlySpan<Word> values);

    public abstract void Numbers(Field field, ReadOnlySpan<long> values);

    public abstract void Texts(Field field, ReadOnlySpan<string> values);

    /// <summary>Digits and a point, as <see cref="DecimalText"/> writes them.</summary>
    public abstract void Digits(Field field, ReadOnlySpan<byte> value);

    public void TextIfAny(Field field, string? value)
    {
        if (value is not null)
        {
            Text(field, value);
        }
    }

    /// <summary>A count or size of which negative means unknown.</summary>
    public void NumberIfKnown(Field field, long value)
    {
        if (value >= 0)
        {
            Number(field, value);
        }
    }

    public void Packet(Field field, PacketRef packet) => NumberIfKnown(field, packet.IsNone ? -1 : packet.Number);

    public void FlagIfSet(Field field, bool value)
    {
        if (value)
        {
            Flag(field, true);
        }
    }

    public void Time(Field field, Timestamp time)
    {
        Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
        Digits(field, DecimalText.Write(time.Nanoseconds, 9, digits));
    }

    public void Duration(Field field, long nanoseconds)
    {
        Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
        Digits(field, DecimalText.Write(nanoseconds, 9, digits));
    }

    /// <summary>A duration of which negative means that there was none.</summary>
    public void DurationIfKnown(Field field, long nanoseconds)
    {
        if (nanoseconds >= 0)
        {
            Duration(field, nanoseconds);
        }
    }

    /// <summary>From one packet to another, if both were seen; negative where the capture runs backwards.</summary>
    public void DurationBetween(Field field, PacketRef from, PacketRef to)
    {
        if (!from.IsNone && !to.IsNone)
        {
            Duration(field, to.Time.Since(from.Time));
        }
    }

    public void MillisecondsIfKnown(Field field, long nanoseconds)
    {
        if (nanoseconds >= 0)
        {
            Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
            Digits(field, DecimalText.Write(nanoseconds, 6, digits));
        }
    }

    public void RatioIfAny(Field field, long part, long whole)
    {
        if (whole > 0)
        {
            Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
            Digits(field, DecimalText.Write((part * 10_000 + whole / 2) / whole, 4, digits));
        }
    }

    /// <summary>A mean of counts in 1/10,000, of which negative means that there is none.</summary>
    public void MeanIfKnown(Field field, long parts)
    {
        if (parts >= 0)
        {
            Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
            Digits(field, DecimalText.Write(parts, 4, digits));
        }
    }
}
