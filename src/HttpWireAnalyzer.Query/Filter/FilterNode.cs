namespace HttpWireAnalyzer.Query.Filter;

/// <summary>The tree of a bound filter: leaves are bits.</summary>
internal abstract class FilterNode
{
    /// <param name="truth">One bit for each comparison that holds.</param>
    public abstract bool Holds(ulong truth);
}

internal sealed class AtomNode(ulong bit) : FilterNode
{
    public override bool Holds(ulong truth) => (truth & bit) != 0;
}

internal sealed class NotNode(FilterNode operand) : FilterNode
{
    public override bool Holds(ulong truth) => !operand.Holds(truth);
}

internal sealed class AndNode(FilterNode left, FilterNode right) : FilterNode
{
    public override bool Holds(ulong truth) => left.Holds(truth) && right.Holds(truth);
}

internal sealed class OrNode(FilterNode left, FilterNode right) : FilterNode
{
    public override bool Holds(ulong truth) => left.Holds(truth) || right.Holds(truth);
}
