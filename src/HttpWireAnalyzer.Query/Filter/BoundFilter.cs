using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>A filter whose names and values are known, for lists of one kind of object. Not for two threads at once.</summary>
public sealed class BoundFilter
{
    private readonly Dictionary<FieldSet, RecordFilter> _records;
    private readonly FilterNode _tree;
    private readonly ulong _allMask;

    internal BoundFilter(FilterScope scope, Dictionary<FieldSet, RecordFilter> records, FilterNode tree, ulong allMask)
    {
        Scope = scope;
        _records = records;
        _tree = tree;
        _allMask = allMask;
    }

    public FilterScope Scope { get; }

    /// <summary>Null where the filter has no field of that kind of record.</summary>
    public RecordFilter? For(FieldSet set) => _records.GetValueOrDefault(set);

    /// <summary>Fields of other records than are there when it is asked: its connection's, or its connection's other records'.</summary>
    public bool NeedsMore => _records.Keys.Any(set => !Scope.AtHand.Contains(set));

    /// <summary>A bit for each comparison that holds, given all the records that it is about.</summary>
    public ulong TruthOf(AtomBits bits) => TruthOf(bits, _allMask);

    public bool Accepts(AtomBits bits) => _tree.Holds(TruthOf(bits));

    /// <param name="truth">As <see cref="TruthOf(AtomBits)"/> gives it; of several records with fields of their own, joined by "|".</param>
    public bool Accepts(ulong truth) => _tree.Holds(truth);

    /// <summary>"All" is: some value, and none that does not fit.</summary>
    internal static ulong TruthOf(AtomBits bits, ulong allMask) => bits.Met & ~(bits.Missed & allMask);
}
