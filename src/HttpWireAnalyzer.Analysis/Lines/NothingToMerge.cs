namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>A line that is the only one says what it has to say to the sink itself, on its own thread.</summary>
/// <param name="most">Stretches to wait for at once, if there is anything to wait for.</param>
internal sealed class NothingToMerge(IAnalysisProgress? progress, int most) : IBehindLines
{
    private readonly Tally _taken = new();

    public bool HasAllOf(long stretch) => _taken.HasReached(stretch + 1);

    public void Say(long stretch, long sent) => _taken.WaitFor(stretch + 1, long.Min(stretch + most, sent));

    public void OnRead(long packets, long octets)
    {
    }

    public void OnTaken(Stretch stretch)
    {
        progress?.OnProgress(stretch.PacketsSoFar, stretch.OctetsSoFar);
        _taken.Raise();
    }

    public void Close() => _taken.Close();
}
