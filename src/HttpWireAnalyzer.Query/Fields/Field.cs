using System.Text.Json;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>One named value of a kind of record: a JSON member, a TSV column, a line in docs/json.md.</summary>
public sealed class Field
{
    internal Field(string name, FieldKind kind, string meaning, int index, IReadOnlyList<Word>? words, bool onRequest)
    {
        Name = name;
        Kind = kind;
        Meaning = meaning;
        Index = index;
        Words = words;
        OnRequest = onRequest;
        Member = new ReadyOctets([.. ",\""u8, .. JsonEncodedText.Encode(name).EncodedUtf8Bytes, .. "\":"u8]);
    }

    public string Name { get; }

    public FieldKind Kind { get; }

    public string Meaning { get; }

    /// <summary>The closed set that its values are of; null where they are of none.</summary>
    public IReadOnlyList<Word>? Words { get; }

    /// <summary>Its words stand from the least to the greatest.</summary>
    public bool IsOrdered { get; internal init; }

    /// <summary>Told only where it is asked for, by -e or a filter: it says again what other fields say.</summary>
    public bool OnRequest { get; }

    /// <summary>Place in its <see cref="FieldSet"/>.</summary>
    internal int Index { get; }

    /// <summary>As it stands in an object, behind another member: comma, quoted name, colon.</summary>
    internal ReadyOctets Member { get; }
}

/// <summary>How a field's value is written.</summary>
public enum FieldKind : byte
{
    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>A JSON number without fraction.</summary>
    Number,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>A string out of a closed set, in snake_case.</summary>
    Word,

    /// <summary>An array of strings.</summary>
    List,

    /// <summary>An array of numbers.</summary>
    Numbers,

    /// <summary>Seconds since 1970-01-01T00:00:00Z with nine decimals, as a string.</summary>
    Time,

    /// <summary>Seconds with nine decimals, as a string.</summary>
    Duration,

    /// <summary>Milliseconds with six decimals, as a string.</summary>
    Milliseconds,

    /// <summary>A share between 0 and 1 with four decimals, as a string.</summary>
    Ratio,

    /// <summary>A mean of counts with four decimals, as a string.</summary>
    Mean,

    /// <summary>An IPv4 or IPv6 address, as a string.</summary>
    Address,

    /// <summary>An object: values by their names. A list of name=value where there are no objects.</summary>
    Measures,
}

/// <summary>All fields of one kind of record, in the order in which they are written.</summary>
public sealed class FieldSet(string type)
{
    private readonly List<Field> _fields = [];

    /// <summary>The record's "type" in JSON.</summary>
    public string Type { get; } = type;

    internal ReadyOctets QuotedType { get; } = new Word(type).Quoted;

    public IReadOnlyList<Field> Fields => _fields;

    /// <summary>Null where there is no such field.</summary>
    public Field? Find(string name) => _fields.Find(field => field.Name == name);

    internal Field Add(string name, FieldKind kind, string meaning) => Add(name, kind, meaning, null, false);

    /// <summary>A word of a closed set.</summary>
    internal Field Add(string name, IReadOnlyList<Word> words, string meaning) =>
        Add(name, FieldKind.Word, meaning, words, false);

    /// <summary>A word of a closed set that has an order.</summary>
    /// <param name="words">From the least to the greatest.</param>
    internal Field AddOrdered(string name, IReadOnlyList<Word> words, string meaning) =>
        Add(name, FieldKind.Word, meaning, words, false, isOrdered: true);

    /// <summary>Words of a closed set.</summary>
    internal Field AddList(string name, IReadOnlyList<Word> words, string meaning) =>
        Add(name, FieldKind.List, meaning, words, false);

    /// <summary>Written only to a sink that <see cref="FieldSink.WantsOnRequest"/>.</summary>
    internal Field AddOnRequest(string name, FieldKind kind, string meaning) => Add(name, kind, meaning, null, true);

    private Field Add(
        string name, FieldKind kind, string meaning, IReadOnlyList<Word>? words, bool onRequest, bool isOrdered = false)
    {
        var field = new Field(name, kind, meaning, _fields.Count, words, onRequest) { IsOrdered = isOrdered };
        _fields.Add(field);
        return field;
    }
}
