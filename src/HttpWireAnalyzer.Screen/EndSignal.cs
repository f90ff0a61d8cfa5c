using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Screen;

/// <summary>What signals that ask a program to end do.</summary>
public sealed class EndSignal
{
    /// <summary>Milliseconds. Sooner nobody insists: timeout(1) and shells send the same signal to a process and to its group.</summary>
    private const long SameWithin = 300;

    private long _firstAt = long.MaxValue;

    /// <summary>
    /// The first one lets it end in order, and those at once behind it; a later one ends it at once. A terminal that hangs up says
    /// so more than once: by the kernel, and by its shell.
    /// </summary>
    /// <param name="now">Milliseconds, of a clock that only goes forward.</param>
    public bool LetsEndInOrder(PosixSignal signal, long now)
    {
        var isFirst = Interlocked.CompareExchange(ref _firstAt, now, long.MaxValue) == long.MaxValue;
        return signal == PosixSignal.SIGHUP || isFirst || now - _firstAt < SameWithin;
    }
}
