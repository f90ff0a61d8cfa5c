using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Ports;

/// <summary>A time for each port that has one, in pages: a client takes its ports from a range.</summary>
internal sealed class PortTimes
{
    private const int PageSize = 256;

    private readonly Timestamp[]?[] _pages = new Timestamp[(ushort.MaxValue + 1) / PageSize][];

    public void Set(ushort port, Timestamp time) =>
        (_pages[port / PageSize] ??= new Timestamp[PageSize])[port % PageSize] = time;

    /// <summary>The port has none any more.</summary>
    public Timestamp? Take(ushort port)
    {
        if (_pages[port / PageSize] is not { } page || page[port % PageSize] is not { Nanoseconds: not 0 } time)
        {
            return null;
        }

        page[port % PageSize] = default;
        return time;
    }
}
