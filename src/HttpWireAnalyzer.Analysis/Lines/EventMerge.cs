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
internal sealed class EventMerge(IExchangeSink sink, int lines)
{
    private readonly int[] _at = new int[lines];
    private readonly List<int>[] _numbers = [.. Enumerable.Range(0, lines).Select(_ => new List<int>())];
    private int _opened;

    /// <summary>Says one stretch of the capture: one log of each line.</summary>
    public void Say(EventLog[] logs)
    {
        Array.Clear(_at);
        for (var line = NextLine(logs); line >= 0; line = NextLine(logs))
        {
            SayUnit(logs[line], line);
        }
    }

    private int NextLine(EventLog[] logs)
    {
        var next = -1;
        for (var line = 0; line < logs.Length; line++)
        {
            if (_at[line] < logs[line].Count && (next < 0 || IsBefore(logs, line, next)))
            {
                next = line;
            }
        }

        return next;
    }

    private bool IsBefore(EventLog[] logs, int line, int other)
    {
        var mine = logs[line].OccasionOf(_at[line]);
        var theirs = logs[other].OccasionOf(_at[other]);
        return mine.IsBefore(theirs)
            || (mine == theirs && NextToLeave(logs[line], line) < NextToLeave(logs[other], other));
    }

    private int NextToLeave(EventLog log, int line) => NumberOf(line, log.ConnectionOf(_at[line]).Slot);

    /// <summary>All that was said on one packet, or all that one connection's leaving made.</summary>
    private void SayUnit(EventLog log, int line)
    {
        var occasion = log.OccasionOf(_at[line]);
        var isOver = false;
        while (!isOver && _at[line] < log.Count && log.OccasionOf(_at[line]) == occasion)
        {
            isOver = occasion.IsShared && log.IsClosing(_at[line]);
            SayOne(log, _at[line]++, line);
        }
    }

    private void SayOne(EventLog log, int index, int line)
    {
        var slot = log.ConnectionOf(index).Slot;
        if (log.IsOpening(index))
        {
            Number(line, slot, _opened++);
        }

        log.Replay(index, new ConnectionId(NumberOf(line, slot), (slot * lines) + line), sink);
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
