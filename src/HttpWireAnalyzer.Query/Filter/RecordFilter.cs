using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>
/// A filter's comparisons with the fields of one kind of record. A record is written to it as to any other sink,
/// between <see cref="Begin"/> and <see cref="End"/>; only the fields that it wants are looked at.
/// </summary>
public sealed class RecordFilter : ComparedValues
{
    private readonly FilterAtom[]?[] _byField;
    private readonly List<FieldValue>?[] _kept;
    private readonly PairAtom[] _pairs;
    private readonly RecordAtom[] _records;
    private readonly ulong _allMask;
    private ulong _met;
    private ulong _missed;

    /// <param name="atoms">Of fields of <paramref name="set"/>; a record's inner ones before itself.</param>
    /// <param name="allMask">The atoms that all values have to meet.</param>
    internal RecordFilter(FieldSet set, IReadOnlyList<(Field Field, FilterAtom Atom)> onFields, IReadOnlyList<FilterAtom> atoms, ulong allMask)
    {
        _byField = new FilterAtom[]?[set.Fields.Count];
        _kept = new List<FieldValue>?[set.Fields.Count];
        foreach (var group in onFields.GroupBy(entry => entry.Field.Index, entry => entry.Atom))
        {
            _byField[group.Key] = [.. group];
        }

        _pairs = [.. atoms.OfType<PairAtom>()];
        foreach (var field in _pairs.SelectMany(pair => pair.Left.Concat(pair.Right)))
        {
            _kept[field.Index] = [];
        }

        _records = [.. atoms.OfType<RecordAtom>()];
        _allMask = allMask;
        WantsOnRequest = set.Fields.Any(field => field.OnRequest && Wants(field));
    }

    public override bool WantsOnRequest { get; }

    /// <summary>Before a record is written to it.</summary>
    public RecordFilter Begin()
    {
        _met = _missed = 0;
        if (_pairs.Length > 0)
        {
            foreach (var values in _kept)
            {
                values?.Clear();
            }
        }

        return this;
    }

    /// <summary>After the record.</summary>
    public AtomBits End()
    {
        foreach (var pair in _pairs)
        {
            ComparePair(pair);
        }

        foreach (var record in _records)
        {
            Note(record, record.Inner.Holds(BoundFilter.TruthOf(new AtomBits(_met, _missed), _allMask)));
        }

        return new AtomBits(_met, _missed);
    }

    public override bool Wants(Field field) => _byField[field.Index] is not null || _kept[field.Index] is not null;

    public override void Text(Field field, string value)
    {
        foreach (var atom in _byField[field.Index] ?? [])
        {
            Note(atom, atom.Holds(value));
        }

        _kept[field.Index]?.Add(new FieldValue(0, value));
    }

    public override void Number(Field field, long value)
    {
        if (_byField[field.Index] is { } atoms)
        {
            foreach (var atom in atoms)
            {
                Note(atom, atom.Holds(value));
            }
        }

        _kept[field.Index]?.Add(new FieldValue(value, null));
    }

    /// <summary>A count that is absent when 0 is 0 to a comparison, and yet not there.</summary>
    public override void NumberIfAny(Field field, long value)
    {
        if (value != 0)
        {
            Number(field, value);
            return;
        }

        foreach (var atom in _byField[field.Index] ?? [])
        {
            if (atom is not PresenceAtom)
            {
                Note(atom, atom.Holds(Int128.Zero));
            }
        }

        _kept[field.Index]?.Add(default);
    }

    public override void Word(Field field, Word value)
    {
        foreach (var atom in _byField[field.Index] ?? [])
        {
            Note(atom, atom.Holds(value));
        }

        _kept[field.Index]?.Add(new FieldValue(0, value.Text));
    }

    public override void Address(Field field, Address value, string? text = null)
    {
        foreach (var atom in _byField[field.Index] ?? [])
        {
            if (atom.Concerns(value))
            {
                Note(atom, atom.Holds(value));
            }
        }

        _kept[field.Index]?.Add(new FieldValue(RangeSet.NumberOf(value), null));
    }

    private void ComparePair(PairAtom pair)
    {
        foreach (var one in pair.Left.SelectMany(field => _kept[field.Index]!))
        {
            foreach (var other in pair.Right.SelectMany(field => _kept[field.Index]!))
            {
                Note(pair, pair.Compare(one, other));
            }
        }
    }

    private void Note(FilterAtom atom, bool holds)
    {
        if (holds)
        {
            _met |= atom.Bit;
        }
        else
        {
            _missed |= atom.Bit;
        }
    }
}
