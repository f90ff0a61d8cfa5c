using System.Diagnostics;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Looks up the names and values of a filter: after it, every comparison makes sense.</summary>
public sealed class FilterBinder
{
    private readonly FilterScope _scope;
    private readonly Dictionary<FieldSet, RecordParts> _parts = [];
    private readonly LiteralBinder _literals = new();

    /// <summary>The kind of record whose fields alone may be named; null outside of "any exchange (…)".</summary>
    private FieldSet? _inside;
    private int _atoms;
    private ulong _allMask;
    private FilterError? _error;

    private FilterBinder(FilterScope scope) => _scope = scope;

    /// <summary>Parses and binds. Null, with <paramref name="error"/>, where the text makes no filter.</summary>
    public static BoundFilter? Bind(string text, FilterScope scope, out FilterError? error) =>
        FilterParser.Parse(text, out error) is { } expression ? Bind(expression, scope, out error) : null;

    /// <summary>Null, with <paramref name="error"/>, where a name or a value is none.</summary>
    public static BoundFilter? Bind(FilterExpression expression, FilterScope scope, out FilterError? error)
    {
        var binder = new FilterBinder(scope);
        var tree = binder.Node(expression);
        error = binder._error;
        return tree is null || error is not null ? null : new BoundFilter(
            scope,
            binder._parts.ToDictionary(part => part.Key, part => part.Value.Freeze(part.Key, binder._allMask)),
            tree,
            binder._allMask);
    }

    private FilterNode? Node(FilterExpression expression)
    {
        switch (expression)
        {
            case FilterAnd and:
                return Node(and.Left) is { } first && Node(and.Right) is { } second ? new AndNode(first, second) : null;
            case FilterOr or:
                return Node(or.Left) is { } one && Node(or.Right) is { } other ? new OrNode(one, other) : null;
            case FilterNot not:
                return Node(not.Operand) is { } operand ? new NotNode(operand) : null;
            case FilterRecord record:
                return Record(record);
            case FilterPresence presence:
                return Presence(presence);
            case FilterComparison comparison:
                return Comparison(comparison);
            case FilterAggregate aggregate:
                Fail(aggregate.Call, $"{FilterAggregates.NameOf(aggregate.Function, aggregate.Percent)}(…) is one value of all that is selected, and each record is asked here; expect: of hwa check takes it.");
                return null;
            case FilterMembership membership:
                return Find(membership.Field) is { } field
                    && Test(_literals.Membership(field, membership)) is { } test
                    ? Atom(field, membership.Span, membership.Quantifier, FilterQuantifier.Any, test)
                    : null;
            default:
                throw new UnreachableException();
        }
    }

    private AtomNode? Record(FilterRecord record)
    {
        var set = _scope.Sets.FirstOrDefault(set => set.Type == record.Kind);
        if (_inside is not null || set is null)
        {
            Fail(record.KindSpan, _inside is not null
                ? "a record of a record cannot be asked for."
                : $"no such kind of record: {record.Kind}.{Suggestion.For(record.Kind, _scope.Sets.Select(one => one.Type))} There are {string.Join(", ", _scope.Sets.Select(one => one.Type))}.");
            return null;
        }

        _inside = set;
        var inner = Node(record.Inner);
        _inside = null;
        if (inner is null)
        {
            return null;
        }

        var atom = new RecordAtom(NextBit(record.Span, record.Quantifier, FilterQuantifier.Any), inner);
        PartsOf(set).Atoms.Add(atom);
        return new AtomNode(atom.Bit);
    }

    private AtomNode? Presence(FilterPresence presence)
    {
        if (Find(presence.Field) is not { } field)
        {
            return null;
        }

        if (presence.Field.Slice is not null)
        {
            Fail(presence.Field.Span, "a part of a value is compared with something: …[0:4] == \"/api\".");
            return null;
        }

        return Atom(field, presence.Span, presence.Quantifier, FilterQuantifier.Any, field.Kind == FieldKind.Flag
            ? bit => new NumberAtom(bit, new RangeSet([new NumberRange(1, 1)]))
            : bit => new PresenceAtom(bit, field.Family));
    }

    private AtomNode? Comparison(FilterComparison comparison)
    {
        if (Find(comparison.Field) is not { } field)
        {
            return null;
        }

        var usual = comparison.Operator == FilterOperator.NotEqual ? FilterQuantifier.All : FilterQuantifier.Any;
        // A bare name with a dot that is a field's is the field; quotes make it a text.
        if (!comparison.Value.IsQuoted && comparison.Value.Text.Contains('.', StringComparison.Ordinal)
            && FindQuietly(comparison.Value.Text) is { } right)
        {
            return Pair(comparison, field, right, usual);
        }

        return Test(_literals.Comparison(field, comparison)) is { } test
            ? Atom(field, comparison.Span, comparison.Quantifier, usual, test)
            : null;
    }

    private AtomNode? Pair(FilterComparison comparison, NamedField left, NamedField right, FilterQuantifier usual)
    {
        var wrong = left.Set != right.Set
            ? $"two fields are compared within one record, and these are of two: {left.Set.Type} and {right.Set.Type}."
            : FieldComparisons.ClassOf(left) != FieldComparisons.ClassOf(right) || (left.IsOrdered && left.Words != right.Words)
                ? $"{comparison.Field.Name} ({FieldComparisons.NameOf(left)}) and {comparison.Value.Text} ({FieldComparisons.NameOf(right)}) cannot be compared."
                : comparison.Field.Slice is not null
                    ? "a part of a value is compared with a text, not with a field."
                    : comparison.Value.Tolerance is not null ? "± goes with a value, not with a field."
                    : FieldComparisons.WhyNot(left, comparison.Operator, isPair: true);
        if (wrong is not null)
        {
            Fail(comparison.Span, wrong);
            return null;
        }

        var atom = new PairAtom(NextBit(comparison.Span, comparison.Quantifier, usual), left.Fields, comparison.Operator, right.Fields);
        PartsOf(left.Set).Atoms.Add(atom);
        return new AtomNode(atom.Bit);
    }

    private AtomNode Atom(
        NamedField field, FilterSpan span, FilterQuantifier quantifier, FilterQuantifier usual, Func<ulong, FilterAtom> make)
    {
        var atom = make(NextBit(span, quantifier, usual));
        var parts = PartsOf(field.Set);
        parts.Atoms.Add(atom);
        parts.OnFields.AddRange(field.Fields.Select(one => (one, atom)));
        return new AtomNode(atom.Bit);
    }

    private Func<ulong, FilterAtom>? Test(Func<ulong, FilterAtom>? test)
    {
        _error ??= _literals.Error;
        return test;
    }

    private ulong NextBit(FilterSpan span, FilterQuantifier quantifier, FilterQuantifier usual)
    {
        if (_atoms == FilterLimits.Comparisons)
        {
            Fail(span, FilterParser.TooMany);
            return 0;
        }

        var bit = 1UL << _atoms++;
        if ((quantifier == FilterQuantifier.Unsaid ? usual : quantifier) == FilterQuantifier.All)
        {
            _allMask |= bit;
        }

        return bit;
    }

    private RecordParts PartsOf(FieldSet set)
    {
        if (!_parts.TryGetValue(set, out var parts))
        {
            _parts.Add(set, parts = new RecordParts());
        }

        return parts;
    }

    private NamedField? FindQuietly(string name) =>
        _inside is null ? _scope.Find(name) : FilterScope.Find(_inside, name);

    private NamedField? Find(FilterOperand operand)
    {
        if (FindQuietly(operand.Name) is { } found)
        {
            return found;
        }

        Fail(operand.Span, _inside is not null && _scope.Find(operand.Name) is { } elsewhere
            ? $"{operand.Name} is a field of {elsewhere.Set.Type} records, and these parentheses ask about one {_inside.Type}."
            : FilterScope.All.Select(scope => scope.Find(operand.Name)).FirstOrDefault(found => found is not null) is { } other
            ? $"{operand.Name} is a field of {other.Set.Type} records, and is not asked of {_scope.Objects}."
            : WiresharkNames.NoSuchField(operand.Name, NamesHere()) + " hwa fields lists them.");
        return null;
    }

    private IEnumerable<string> NamesHere() => _inside is null ? _scope.Names : FieldAliases.NamesOf(_inside);

    private void Fail(FilterSpan span, string message) => _error ??= new FilterError(message, span);

    private sealed class RecordParts
    {
        public List<(Field Field, FilterAtom Atom)> OnFields { get; } = [];

        public List<FilterAtom> Atoms { get; } = [];

        public RecordFilter Freeze(FieldSet set, ulong allMask) => new(set, OnFields, Atoms, allMask);
    }
}
