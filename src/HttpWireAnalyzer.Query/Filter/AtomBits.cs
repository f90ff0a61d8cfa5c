namespace HttpWireAnalyzer.Query.Filter;

/// <summary>
/// What is known of a filter's comparisons after some records, a bit for each. Those of several records are added
/// with "|": a field that several records have is a field with several values.
/// </summary>
/// <param name="Met">Some value fitted.</param>
/// <param name="Missed">Some value did not.</param>
public readonly record struct AtomBits(ulong Met, ulong Missed)
{
    public static AtomBits operator |(AtomBits one, AtomBits other) => one.With(other);

    public AtomBits With(AtomBits other) => new(Met | other.Met, Missed | other.Missed);
}
