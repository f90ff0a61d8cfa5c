using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>
/// Takes the fields of one record, in their order. An unknown value is not given at all: absent, never 0. JSON, TSV
/// and tables are sinks, so that a field means the same in all of them.
/// </summary>
public abstract class FieldSink
{
    /// <summary>Ratios have four decimals.</summary>
    protected const int RatioScale = 10_000;

    /// <summary>False where making the value would be for nothing.</summary>
    public abstract bool Wants(Field field);

    /// <summary>True where a field that is told only on request is wanted.</summary>
    public virtual bool WantsOnRequest => false;

    public abstract void Text(Field field, string value);

    public abstract void Number(Field field, long value);

    public abstract void Flag(Field field, bool value);

    public abstract void Word(Field field, Word value);

    public abstract void List(Field field, ReadOnlySpan<Word> values);

    public abstract void Numbers(Field field, ReadOnlySpan<long> values);

    public abstract void Texts(Field field, ReadOnlySpan<string> values);

    /// <summary>Digits and a point, as <see cref="DecimalText"/> writes them.</summary>
    public abstract void Digits(Field field, ReadOnlySpan<byte> value);

    public virtual void Measures(Field field, ReadOnlySpan<Measure> values)
    {
        if (Wants(field))
        {
            Texts(field, [.. values.ToArray().Select(value => $"{value.Name}={MeasureValue.Of(value)}")]);
        }
    }

    /// <param name="text">The same in letters, where it has been made already.</param>
    public virtual void Address(Field field, Wire.Ip.Address value, string? text = null)
    {
        if (Wants(field))
        {
            Text(field, text ?? value.ToString());
        }
    }

    /// <summary>
    /// Fields follow that depend on nothing but a head. True where the sink has repeated what it wrote when they came for
    /// this head before; else they are to be written, and then <see cref="EndRun"/> is due.
    /// </summary>
    public virtual bool Repeats(MessageHead head, HeadRun run) => false;

    public virtual void EndRun()
    {
    }

    public void TextIfAny(Field field, string? value)
    {
        if (value is not null)
        {
            Text(field, value);
        }
    }

    /// <summary>Text off the wire.</summary>
    public void Wire(Field field, string? octets) => TextIfAny(field, octets is null ? null : WireText.Of(octets));

    /// <inheritdoc cref="Wire(Field, string?)"/>
    public void Wire(Field field, ReadOnlySpan<string> octets)
    {
        foreach (var text in octets)
        {
            if (!System.Text.Ascii.IsValid(text))
            {
                Texts(field, [.. octets.ToArray().Select(WireText.Of)]);
                return;
            }
        }

        Texts(field, octets);
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

    /// <summary>A count that is absent when 0.</summary>
    public virtual void NumberIfAny(Field field, long value)
    {
        if (value != 0)
        {
            Number(field, value);
        }
    }

    /// <summary>A flag that is absent when false.</summary>
    public virtual void FlagIfSet(Field field, bool value)
    {
        if (value)
        {
            Flag(field, true);
        }
    }

    public void Time(Field field, Timestamp time) => Fraction(field, time.Nanoseconds, 9);

    public void Duration(Field field, long nanoseconds) => Fraction(field, nanoseconds, 9);

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
            Fraction(field, nanoseconds, 6);
        }
    }

    public void RatioIfAny(Field field, long part, long whole)
    {
        if (whole > 0)
        {
            Fraction(field, (part * RatioScale + whole / 2) / whole, 4);
        }
    }

    /// <summary>A mean of counts in 1/10,000, of which negative means that there is none.</summary>
    public void MeanIfKnown(Field field, long parts)
    {
        if (parts >= 0)
        {
            Fraction(field, parts, 4);
        }
    }

    /// <summary><paramref name="value"/> / 10^<paramref name="decimals"/>.</summary>
    protected virtual void Fraction(Field field, long value, int decimals)
    {
        Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
        Digits(field, digits[..DecimalText.Write(value, decimals, digits)]);
    }
}

/// <summary>Fields that stand together and depend on a message's head alone.</summary>
public enum HeadRun : byte
{
    /// <summary>Start line and what belongs to it, before the message's place and size.</summary>
    StartLine,

    /// <summary>The field lines behind those.</summary>
    FieldLines,
}
