using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Output;

/// <summary>Records every packet, to one file or to files that follow each other, of which the last few may be kept.</summary>
/// <remarks>A file that is full is followed by another when another packet comes: none is empty but the only one.</remarks>
public sealed class RollingFiles : IPacketRecorder
{
    private readonly IPacketSource _source;
    private readonly RecordingOptions _options;
    private readonly FileLimits _limits;
    private readonly FileNames? _names;
    private readonly Queue<string> _kept = [];
    private RecordedFile? _file;
    private int _full;

    /// <param name="source">What is recorded.</param>
    /// <exception cref="CaptureWriteException">The first file cannot be made.</exception>
    public RollingFiles(IPacketSource source, RecordingOptions options, TimeProvider clock)
    {
        _source = source;
        _options = options;
        _limits = options.Rotation ?? FileLimits.None;
        _names = options.Rotation is null ? null : new FileNames(options.Path, clock.LocalTimeZone);
        _file = Open(TimeOf(clock));
    }

    public bool IsDone { get; private set; }

    /// <summary>Packets recorded, in all files.</summary>
    public long Packets { get; private set; }

    /// <summary>Captured octets of them.</summary>
    public long Octets { get; private set; }

    /// <summary>Files begun, those included that are not kept any more.</summary>
    public int Files { get; private set; }

    /// <summary>The file that was begun last.</summary>
    public string LastPath { get; private set; } = "";

    public int Take(PacketBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (IsOld(batch[i].Packet.Time))
            {
                Close();
            }

            if (IsDone)
            {
                return i;
            }

            Add(batch, i);
        }

        if (batch.Count == 0 && IsOld(batch.Clock))
        {
            Close();
        }

        if (!batch.IsFull)
        {
            // Nobody waits: what came is to be found in the file, or at the pipe's other end.
            _file?.Flush();
        }

        return batch.Count;
    }

    public void End()
    {
        _file?.End();
        _file = null;
    }

    private void Add(PacketBatch batch, int index)
    {
        ref readonly var record = ref batch[index];
        _file ??= Open(record.Packet.Time);
        _file.Add(record, batch.OctetsOf(record), batch.NotesOf(index));
        Packets++;
        Octets += record.CapturedLength;
        IsDone = _file.Octets >= _options.StopAfterOctets;
        if (_file.Octets >= _limits.Octets || _file.Packets >= _limits.Packets)
        {
            Close();
        }
    }

    private bool IsOld(Timestamp now) =>
        _limits.Duration is { } duration && _file?.Begin is { } begin && now.Since(begin) >= duration.TotalNanoseconds;

    private void Close()
    {
        End();
        _full++;
        IsDone |= _full >= _options.StopAfterFiles;
    }

    private RecordedFile Open(Timestamp begin)
    {
        var path = _names is null ? _options.Path : _names.Next(begin);
        if (_kept.Count == _options.FilesKept)
        {
            Delete(_kept.Dequeue());
        }

        RecordedFile file = new(
            _source,
            path,
            _options.IsStandardOutput ? _options.StandardOutput : null,
            _options.Overwrite,
            _options.Origin);
        _kept.Enqueue(path);
        Files++;
        LastPath = path;
        return file;
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureWriteException.Of(path, error);
        }
    }

    private static Timestamp TimeOf(TimeProvider clock) =>
        new((clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
}
