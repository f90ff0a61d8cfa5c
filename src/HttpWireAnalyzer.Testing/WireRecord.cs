using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Checks;

namespace HttpWireAnalyzer.Testing;

/// <summary>A record of a capture. Its values are the fields that hwa fields lists, some of them as properties.</summary>
/// <remarks>What is asked of it is noted: a claim that fails tells these values. A value that there is not is null.</remarks>
public abstract class WireRecord
{
    private protected WireRecord(KeptRecord kept) => Kept = kept;

    internal KeptRecord Kept { get; }

    /// <summary>The fields that were asked for, in that order.</summary>
    internal List<Field> Asked { get; } = [];

    /// <summary>It has the field.</summary>
    /// <exception cref="ArgumentException">These records have no such field; so with all that follow.</exception>
    public bool Has(string field) => Read(field, null).Count > 0;

    /// <summary>Of fields that are numbers.</summary>
    public long? Number(string field) =>
        Read(field, [FieldKind.Number]) is [var first, ..] ? (long)first.Number : null;

    /// <summary>Of fields that are durations. A nanosecond below 100 is cut off: .NET has no smaller unit.</summary>
    public TimeSpan? Duration(string field) => Read(field, [FieldKind.Duration, FieldKind.Milliseconds]) is [var first, ..]
        ? new TimeSpan((long)first.Number / TimeSpan.NanosecondsPerTick)
        : null;

    /// <summary>Of fields that are shares, from 0 to 1.</summary>
    public double? Ratio(string field) => Read(field, [FieldKind.Ratio]) is [var first, ..] ? (double)first.Number / FieldScale.Ratio : null;

    /// <summary>Of fields that are means of counts.</summary>
    public double? Mean(string field) => Read(field, [FieldKind.Mean]) is [var first, ..] ? (double)first.Number / FieldScale.Mean : null;

    /// <summary>Of fields that are true or false; false where it is absent.</summary>
    public bool Flag(string field) => Read(field, [FieldKind.Flag]) is [var first, ..] && first.Number != 0;

    /// <summary>Of texts, words and addresses; of a list, the first.</summary>
    public string? Text(string field) => Texts(field) is [var first, ..] ? first : null;

    /// <summary>All values of a list.</summary>
    public IReadOnlyList<string> Texts(string field) =>
        [.. Read(field, [FieldKind.Text, FieldKind.Word, FieldKind.List, FieldKind.Address]).Select(value => value.Text!)];

    public override string ToString() => VerdictText.Of(Kept.Place);

    /// <summary>Of words, which are the members of a set: in its order.</summary>
    private protected TSet? Word<TSet>(string field)
        where TSet : struct, Enum
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        var words = FieldOf(field).Words!;
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Text == text)
            {
                return Enum.GetValues<TSet>()[i];
            }
        }

        return null;
    }

    /// <summary>Where it stands: it was asked for what these fields say of that.</summary>
    private protected RecordPlace PlaceBy(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            Note(FieldOf(field));
        }

        return Kept.Place;
    }

    /// <param name="kinds">Which the field may be of; null for any.</param>
    private List<FieldValue> Read(string name, FieldKind[]? kinds)
    {
        var field = FieldOf(name);
        if (kinds?.Contains(field.Kind) == false)
        {
            throw new ArgumentException($"{name} is of the kind {field.Kind}: ask for that.", nameof(name));
        }

        Note(field);
        var reader = new FieldReader([field]);
        Kept.Write(reader);
        return [.. reader.Values.Select(value => value.Value)];
    }

    private Field FieldOf(string name) => Kept.Set.Find(name) ?? throw new ArgumentException(
        $"no such field of a record of type {Kept.Set.Type}: {name}.{Suggestion.For(name, Kept.Set.Fields.Select(field => field.Name))}",
        nameof(name));

    private void Note(Field field)
    {
        if (!Asked.Contains(field))
        {
            Asked.Add(field);
        }
    }
}
