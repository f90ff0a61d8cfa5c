namespace HttpWireAnalyzer.TestBuilders;

/// <summary>Counts what code allocates in its steady state.</summary>
public static class Allocation
{
    public const int Rounds = 5;

    /// <summary>
    /// The least that a round allocates on this thread, octets, over several. What the code itself allocates, it
    /// allocates every time; the runtime allocates when code is loaded or compiled anew, and a collection charges a
    /// thread with the unused rest of its allocation context.
    /// </summary>
    /// <param name="round">Given its own number, from 0.</param>
    public static long LeastOf(Action<int> round)
    {
        ArgumentNullException.ThrowIfNull(round);
        var least = long.MaxValue;
        for (var number = 0; number < Rounds; number++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round(number);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
