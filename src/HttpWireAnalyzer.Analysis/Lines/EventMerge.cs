using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>
/// Brings what several lines said into the order, and under the connection numbers, in which one line would have
/// said it.
/// </summary>
/// <remarks>
/// A packet belongs to one line, so packets order the events; connections leave on a tick in the order of their
/// numbers. A line's own numbers rise with the numbers of the whole, for both count openings in capture order.
/// </remarks>
internal sealed class EventMerge(IExchangeSink sink, LogRing[] logs, IAnalysisProgress? progress) : IBehindLines
{
    private readonly LogReader[] _lines = [.. logs.Select(ring => new LogReader(ring))];
    private readonly List<int>[] _numbers = [.. logs.Select(_ => new List<int>())];
    private int _opened;

    public bool HasAllOf(long stretch) => Array.TrueForAll(logs, ring => ring.HasMore);

    public void Say(long stretch, long sent)
    {
        foreach (var line in _lines)
        {
            line.Begin(sent - stretch);
        }

        for (var line = NextLine(); line >= 0; line = NextLine())
        {
            SayUnit(line);
        }
    }

    public void OnRead(long packets, long octets) => progress?.OnProgress(packets, octets);

    /// <summary>Its logs say so.</summary>
    public void OnTaken(Stretch stretch)
    {
    }

    public void Close()
    {
        foreach (var ring in logs)
        {
            ring.Close();
        }
    }

    private int NextLine()
    {
        var next = -1;
        for (var line = 0; line < _lines.Length; line++)
        {
            if (_lines[line].HasEvent && (next < 0 || IsBefore(line, next)))
            {
                next = line;
            }
        }

        return next;
    }

    private bool IsBefore(int line, int other)
    {
        var mine = _lines[line].Occasion;
        var theirs = _lines[other].Occasion;
        return mine.IsBefore(theirs) || (mine == theirs && NextToLeave(line) < NextToLeave(other));
    }

    private int NextToLeave(int line) => NumberOf(line, _lines[line].Connection.Slot);

    /// <summary>All that was said on one packet, or all that one connection's leaving made.</summary>
    private void SayUnit(int line)
    {
        var reader = _lines[line];
        var occasion = reader.Occasion;
        var isOver = false;
        while (!isOver && reader.HasEvent && reader.Occasion == occasion)
        {
            isOver = occasion.IsShared && reader.IsClosing;
            SayOne(reader, line);
            reader.MoveNext();
        }
    }

    private void SayOne(LogReader reader, int line)
    {
        var slot = reader.Connection.Slot;
        if (reader.IsOpening)
        {
            Number(line, slot, _opened++);
        }

        reader.Replay(new ConnectionId(NumberOf(line, slot), (slot * _lines.Length) + line), sink);
    }

    private int NumberOf(int line, int slot) => _numbers[line][slot];

    private void Number(int line, int slot, int number)
    {
        var numbers = _numbers[line];
        while (numbers.Count <= slot)
        {
            numbers.Add(-1);
        }

        numbers[slot] = number;
    }
}
