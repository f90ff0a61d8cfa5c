using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>What a filter can speak of: the objects that are listed, and the records that belong to the same connection.</summary>
/// <param name="objects">What is listed, in the plural, for messages.</param>
/// <param name="own">The records that are listed: a name of theirs is never another's.</param>
/// <param name="related">In the order in which a name is looked for.</param>
public sealed class FilterScope(string objects, FieldSet own, params FieldSet[] related)
{
    public static readonly FilterScope Connections = new("connections", ConnectionFields.Set, ExchangeFields.Set, PacketFields.Set);

    public static readonly FilterScope Exchanges = new("exchanges", ExchangeFields.Set, ConnectionFields.Set, PacketFields.Set);

    public static readonly FilterScope Messages =
        new("messages", MessageRecordFields.Set, ExchangeFields.Set, ConnectionFields.Set, PacketFields.Set)
        {
            AtHand = [MessageRecordFields.Set, ExchangeFields.Set],
        };

    public static readonly FilterScope Pools = new("pools", PoolFields.Set);

    public static readonly FilterScope Captures = new("captures", CaptureFields.Set);

    public static readonly FilterScope Ports = new("ports", PortFields.Set);

    public static readonly FilterScope Packets = new("packets", PacketFields.Set, ConnectionFields.Set, ExchangeFields.Set);

    /// <summary>Between them, every kind of record that a filter can speak of here; a name of several is first of all the connection's.</summary>
    internal static IEnumerable<FilterScope> All => [Connections, Messages, Pools, Ports, Captures];

    public string Objects { get; } = objects;

    public FieldSet Own { get; } = own;

    public IReadOnlyList<FieldSet> Sets { get; } = [own, .. related];

    /// <summary>The records that are there when one is asked: its own, and what it is a part of.</summary>
    public IReadOnlyList<FieldSet> AtHand { get; private init; } = [own];

    /// <summary>Every name once, in the order of the records.</summary>
    public IEnumerable<string> Names => Sets.SelectMany(FieldAliases.NamesOf).Distinct();

    internal NamedField? Find(string name)
    {
        foreach (var set in Sets)
        {
            if (Find(set, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    internal static NamedField? Find(FieldSet set, string name) =>
        set.Find(name) is { } field ? new NamedField(set, [field], AliasFamily.Any)
        : FieldAliases.Find(set, name) is { } alias ? new NamedField(set, alias.Fields, alias.Family)
        : null;
}

/// <param name="Fields">All of one kind; several are one field with several values.</param>
internal sealed record NamedField(FieldSet Set, IReadOnlyList<Field> Fields, AliasFamily Family)
{
    public FieldKind Kind => Fields[0].Kind;

    public IReadOnlyList<Word>? Words => Fields[0].Words;

    public bool IsOrdered => Fields[0].IsOrdered;
}
