using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Output;

/// <summary>
/// Keeps the last packets in memory and writes them to a file when something happens, and what follows for a while:
/// what happens once a day is there with what came before it, and nothing else is on the disk.
/// </summary>
/// <remarks>
/// A batch is written when it has been analysed, so that the packet that shows what happened can be marked. Files that
/// are near each other share packets: each tells its story alone.
/// </remarks>
public sealed class TriggeredFiles : IPacketRecorder, IRecordingTrigger
{
    private readonly IPacketSource _source;
    private readonly RecordingOptions _options;
    private readonly TriggerOptions _trigger;
    private readonly FileNames _names;
    private readonly PacketMemory _memory;
    private readonly Dictionary<long, string> _marks = [];
    private RecordedFile? _file;
    private Timestamp _now;
    private Timestamp _end;
    private string? _reason;

    /// <param name="source">What is recorded.</param>
    /// <param name="zone">Whose time the files' names tell.</param>
    public TriggeredFiles(IPacketSource source, RecordingOptions options, TriggerOptions trigger, TimeZoneInfo zone)
    {
        _source = source;
        _options = options;
        _trigger = trigger;
        _names = new FileNames(options.Path, zone);
        _memory = new PacketMemory(trigger.KeptOctets);
    }

    public bool IsDone { get; private set; }

    /// <summary>Packets written, in all files.</summary>
    public long Packets { get; private set; }

    public int Files { get; private set; }

    public string LastPath { get; private set; } = "";

    public void Fire(PacketRef evidence, string reason)
    {
        if (IsDone)
        {
            return;
        }

        _reason ??= reason;
        _marks[evidence.Number] = reason;
        var from = evidence.Time > _now ? evidence.Time : _now;
        _end = from.Plus((long)_trigger.After.TotalNanoseconds);
    }

    public int Take(PacketBatch batch)
    {
        WriteOut();
        var now = batch.Count > 0 ? batch[0].Packet.Time : batch.Clock;
        if (_file is not null && now > _end)
        {
            Close();
        }

        for (var i = 0; i < batch.Count && !IsDone; i++)
        {
            if (!_memory.HasRoom)
            {
                // What is to be forgotten may not be written yet.
                WriteOut();
            }

            _memory.Add(batch[i], batch.OctetsOf(batch[i]));
            _now = batch[i].Packet.Time;
        }

        return batch.Count;
    }

    public void End()
    {
        WriteOut();
        if (_file is not null)
        {
            Close();
        }
    }

    /// <summary>Writes what is in memory and belongs to the file that is open, or is to be opened.</summary>
    private void WriteOut()
    {
        if (_file is null)
        {
            if (_reason is null)
            {
                return;
            }

            Open(_reason);
        }

        while (_file is not null && _memory.TryPeek(out var record, out var packet))
        {
            if (record.Packet.Time > _end)
            {
                Close();
                return;
            }

            if (_file.Octets > _trigger.MostOctetsOfFile)
            {
                CloseFull();
                return;
            }

            var notes = _marks.Remove(record.Packet.Number, out var mark) ? new PacketNotes(null, [mark]) : null;
            _file.Add(record, packet, notes);
            Packets++;
            _memory.MoveOn();
        }

        _file?.Flush();
    }

    private void Open(string reason)
    {
        LastPath = _names.Next(_now);
        _file = new RecordedFile(
            _source, LastPath, standardOutput: null, _options.Overwrite, _options.Origin with { Comment = reason });
        Files++;
        _memory.Rewind();
    }

    private void Close()
    {
        _file?.End();
        _file = null;
        _reason = null;
        _marks.Clear();
        IsDone = Files == _trigger.MostFiles;
    }

    /// <summary>What happened behind the file's end is a reason for another, if there may be one.</summary>
    private void CloseFull()
    {
        var next = _memory.TryPeek(out var record, out _) ? record.Packet.Number : long.MaxValue;
        KeyValuePair<long, string>[] behind = [.. _marks.Where(mark => mark.Key >= next)];
        Close();
        if (IsDone)
        {
            return;
        }

        foreach (var (number, reason) in behind)
        {
            _marks[number] = reason;
            _reason ??= reason;
        }
    }
}

/// <summary>How much is kept around what happens.</summary>
/// <param name="KeptOctets">Of packets, in memory.</param>
/// <param name="After">A file goes on for so long after the last thing that happened.</param>
/// <param name="MostFiles">After so many files the recording is done.</param>
public sealed record TriggerOptions(long KeptOctets, TimeSpan After, int MostFiles)
{
    /// <summary>What happens again and again does not fill the disk with one file: as much follows as came before.</summary>
    internal long MostOctetsOfFile => 2 * KeptOctets;
}
