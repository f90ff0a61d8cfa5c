using System.Globalization;

namespace HttpWireAnalyzer.Capture.Live.Processes;

/// <summary>Which process has which socket open, from /proc/pid/fd.</summary>
internal sealed class SocketInodes
{
    /// <summary>Sockets remembered: an inode's number is not given to another socket soon.</summary>
    private const int MostKnown = 16 * 1024;

    private const string Prefix = "socket:[";

    /// <summary>Processes that are looked at first, because they had a socket that was wanted.</summary>
    private const int MostUsual = 16;

    /// <summary>Between two walks through all processes: a connection to a new one waits as long for its name.</summary>
    private static readonly TimeSpan BetweenWalks = TimeSpan.FromSeconds(1);

    private readonly Dictionary<uint, LocalProcess> _known = [];
    private readonly List<int> _usual = [];
    private long _nextWalk;

    public LocalProcess? Find(uint inode) => _known.GetValueOrDefault(inode);

    /// <summary>Looks through the processes for the sockets that are wanted. One that is not there is not kept.</summary>
    public void Look(IReadOnlySet<uint> wanted)
    {
        if (_known.Count > MostKnown)
        {
            _known.Clear();
        }

        var left = wanted.Count;
        for (var i = 0; i < _usual.Count && left > 0; i++)
        {
            left -= LookAt(_usual[i], wanted);
        }

        if (left > 0 && Environment.TickCount64 >= _nextWalk)
        {
            Walk(left, wanted);
            _nextWalk = Environment.TickCount64 + (long)BetweenWalks.TotalMilliseconds;
        }
    }

    private void Walk(int left, IReadOnlySet<uint> wanted)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (left == 0)
            {
                return;
            }

            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && LookAt(id, wanted) is > 0 and int found)
            {
                left -= found;
                _usual.Remove(id);
                _usual.Insert(0, id);
                _usual.RemoveRange(Math.Min(MostUsual, _usual.Count), Math.Max(0, _usual.Count - MostUsual));
            }
        }
    }

    private int LookAt(int id, IReadOnlySet<uint> wanted)
    {
        var found = 0;
        var directory = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}");
        try
        {
            foreach (var descriptor in new DirectoryInfo(Path.Combine(directory, "fd")).EnumerateFiles())
            {
                if (descriptor.LinkTarget is { } target && target.StartsWith(Prefix, StringComparison.Ordinal)
                    && uint.TryParse(target.AsSpan(Prefix.Length, target.Length - Prefix.Length - 1), out var inode)
                    && wanted.Contains(inode) && !_known.ContainsKey(inode))
                {
                    // The first process that has it: a socket that workers share is told as their parent's.
                    _known.Add(inode, new LocalProcess(id, File.ReadAllText(Path.Combine(directory, "comm")).TrimEnd()));
                    found++;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // A process that has ended meanwhile, or another user's.
        }

        return found;
    }
}
