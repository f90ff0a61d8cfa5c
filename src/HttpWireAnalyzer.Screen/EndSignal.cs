using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Screen;

/// <summary>What a signal that asks a program to end does.</summary>
public static class EndSignal
{
    /// <summary>
    /// The first one lets it end in order; a second one ends it at once. A terminal that hangs up says so more than once: by
    /// the kernel, and by its shell.
    /// </summary>
    /// <param name="isAskedAlready">Another such signal came before.</param>
    public static bool LetsEndInOrder(PosixSignal signal, bool isAskedAlready) => signal == PosixSignal.SIGHUP || !isAskedAlready;
}
