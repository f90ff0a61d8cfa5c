using System.Diagnostics;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>Waiting for what another program does: by looking, for a bounded time, never by a guessed delay.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How long it took.</summary>
    public static TimeSpan Until(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > Patience)
            {
                throw new TimeoutException("waited in vain");
            }

            Thread.Sleep(5);
        }

        return clock.Elapsed;
    }
}
