namespace HttpWireAnalyzer.Profiling;

/// <summary>The counters of one method, in the order in which its code has them.</summary>
internal sealed class MethodCounts
{
    private readonly List<Counter> _counters;

    private MethodCounts(List<Counter> counters) => _counters = counters;

    /// <summary>Those of blocks, and of the ways between them: which types a call met is not among them.</summary>
    public IEnumerable<Counter> Counters => _counters.Where(counter => counter.IsOfFlow);

    /// <summary>How often it was entered, as far as a counter stands at its first instruction; else 0.</summary>
    public long Entries => Counters.Where(counter => counter.Offset == 0).SelectMany(counter => counter.Values).DefaultIfEmpty().Max();

    /// <summary>
    /// Of the runtime's encoding: numbers of one, two, five or nine octets; a counter is a mask of the fields that changed
    /// since the one before, by how much each did, and its values, as differences too. Kind 0 ends it.
    /// </summary>
    /// <exception cref="InvalidDataException">It ends early.</exception>
    public static MethodCounts Decode(ReadOnlySpan<byte> encoded)
    {
        List<Counter> counters = [];
        CounterFields fields = default;
        (long number, long type) = (0, 0);
        while (true)
        {
            fields.Advance(ref encoded);
            if (fields.Kind == 0)
            {
                return new MethodCounts(counters);
            }

            var values = new long[Counter.HasValues(fields.Kind) ? fields.Count : 0];
            foreach (ref var value in values.AsSpan())
            {
                value = Counter.HasNumbers(fields.Kind)
                    ? number += CompressedNumber.Read(ref encoded)
                    : type += CompressedNumber.Read(ref encoded);
            }

            counters.Add(new Counter(fields.Offset, fields.Kind, fields.Count, fields.Other, values));
        }
    }

    /// <summary>Of the same method in another run. What does not have the same counters was compiled otherwise, and is left out.</summary>
    public void Add(MethodCounts other)
    {
        if (!_counters.Select(counter => (counter.Offset, counter.Kind, counter.Count))
            .SequenceEqual(other._counters.Select(counter => (counter.Offset, counter.Kind, counter.Count))))
        {
            return;
        }

        for (var at = 0; at < _counters.Count; at++)
        {
            if (_counters[at].IsOfFlow)
            {
                _counters[at].Add(other._counters[at].Values);
            }
        }
    }

    private struct CounterFields
    {
        public int Offset;
        public int Kind;
        public int Count;
        public int Other;

        public void Advance(ref ReadOnlySpan<byte> encoded)
        {
            var mask = CompressedNumber.Read(ref encoded);
            Offset += Change(mask & 1, ref encoded);
            Kind += Change(mask & 2, ref encoded);
            Count += Change(mask & 4, ref encoded);
            Other += Change(mask & 8, ref encoded);
        }

        private static int Change(long isThere, ref ReadOnlySpan<byte> encoded) =>
            isThere == 0 ? 0 : (int)CompressedNumber.Read(ref encoded);
    }
}
