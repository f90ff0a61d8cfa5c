namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>
/// The logs of one line, used in turn: the line writes one and hands it over while the merge reads those before it.
/// Whoever is faster waits for the other.
/// </summary>
internal sealed class LogRing
{
    /// <summary>
    /// Enough that a line goes on while Judge has what left at a tick to take: with 8, short connections took a sixth
    /// longer; with 48, no less than with 24.
    /// </summary>
    private const int Logs = 24;

    private readonly EventLog[] _logs = [.. Enumerable.Range(0, Logs).Select(_ => new EventLog())];
    private readonly Tally _written = new();
    private readonly Tally _read = new();
    private long _writing;
    private long _reading = -1;

    /// <summary>What the line writes first.</summary>
    public EventLog First => _logs[0];

    /// <summary>Of the line: the log that it wrote is the merge's now; it writes the one that this returns.</summary>
    public EventLog HandOver()
    {
        _written.Raise();
        _writing++;

        // Where the merge has given up, nobody reads what is written from here on.
        _read.WaitFor(_writing - Logs + 1, _writing - (Logs / 2));
        var log = _logs[_writing % Logs];
        log.Clear();
        return log;
    }

    /// <summary>A log is there that the merge has not taken.</summary>
    public bool HasMore => _written.HasReached(_reading + 2);

    /// <summary>Of the merge: the log before is the line's again; false where the line gives none any more.</summary>
    /// <param name="owed">Logs that the line is to hand over whatever comes: one for each stretch.</param>
    public bool TryTake(long owed, out EventLog log)
    {
        if (_reading >= 0)
        {
            _read.Raise();
        }

        log = _logs[++_reading % Logs];
        return _written.WaitFor(_reading + 1, _reading + long.Min(owed, Logs / 2));
    }

    /// <summary>Nobody waits any more.</summary>
    public void Close()
    {
        _written.Close();
        _read.Close();
    }
}
