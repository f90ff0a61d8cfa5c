namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>
/// Round trips counted in buckets, eight for each doubling: a percentile is right to a sixteenth of its value, in the
/// same octets whatever their number.
/// </summary>
internal sealed class RoundTripSeries
{
    private const int BucketsOfDoubling = 8;

    /// <summary>Up to <see cref="RoundTrips"/>' longest, 2^28 units.</summary>
    private readonly int[] _buckets = new int[29 * BucketsOfDoubling];

    public long Count { get; private set; }

    public long Sum { get; private set; }

    public void Clear()
    {
        Count = 0;
        Sum = 0;
        Array.Clear(_buckets);
    }

    public void Add(uint sample)
    {
        Count++;
        Sum += sample;
        _buckets[BucketOf(sample)]++;
    }

    /// <summary>The value that 95 of 100 do not exceed, in units: the middle of its bucket.</summary>
    public long Percentile95()
    {
        var beyond = Count / 20;
        for (var bucket = _buckets.Length - 1; bucket > 0; bucket--)
        {
            beyond -= _buckets[bucket];
            if (beyond < 0)
            {
                return MiddleOf(bucket);
            }
        }

        return 0;
    }

    private static int BucketOf(uint sample)
    {
        if (sample < BucketsOfDoubling)
        {
            return (int)sample;
        }

        var doubling = int.Log2((int)sample);
        return ((doubling - 2) * BucketsOfDoubling) + (int)(sample >> (doubling - 3)) - BucketsOfDoubling;
    }

    private static long MiddleOf(int bucket)
    {
        if (bucket < BucketsOfDoubling)
        {
            return bucket;
        }

        var doubling = (bucket / BucketsOfDoubling) + 2;
        var width = 1L << (doubling - 3);
        return ((BucketsOfDoubling + (bucket % BucketsOfDoubling)) * width) + (width / 2);
    }
}
