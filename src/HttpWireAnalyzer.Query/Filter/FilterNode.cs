namespace HttpWireAnalyzer.Query.Filter;

/// <summary>The tree of a bound filter: leaves are bits.</summary>
internal abstract class FilterNode
{
    /// <param name="truth">One bit for each comparison that holds.</param>
    public abstract bool Holds(ulong truth);

    /// <summary>The comparisons that make it hold, or not hold: of what is true or not beside them, nothing depends.</summary>
    public abstract ulong Reasons(ulong truth);
}

internal sealed class AtomNode(ulong bit) : FilterNode
{
    public override bool Holds(ulong truth) => (truth & bit) != 0;

    public override ulong Reasons(ulong truth) => bit;
}

internal sealed class NotNode(FilterNode operand) : FilterNode
{
    public override bool Holds(ulong truth) => !operand.Holds(truth);

    public override ulong Reasons(ulong truth) => operand.Reasons(truth);
}

internal sealed class AndNode(FilterNode left, FilterNode right) : FilterNode
{
    public override bool Holds(ulong truth) => left.Holds(truth) && right.Holds(truth);

    public override ulong Reasons(ulong truth) => ReasonsOf(left, right, Holds(truth), truth);

    /// <summary>Those of the parts that are as the whole is.</summary>
    internal static ulong ReasonsOf(FilterNode left, FilterNode right, bool whole, ulong truth) =>
        (left.Holds(truth) == whole ? left.Reasons(truth) : 0) | (right.Holds(truth) == whole ? right.Reasons(truth) : 0);
}

internal sealed class OrNode(FilterNode left, FilterNode right) : FilterNode
{
    public override bool Holds(ulong truth) => left.Holds(truth) || right.Holds(truth);

    public override ulong Reasons(ulong truth) => AndNode.ReasonsOf(left, right, Holds(truth), truth);
}
