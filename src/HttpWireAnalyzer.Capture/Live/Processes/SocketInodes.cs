using System.Globalization;

namespace HttpWireAnalyzer.Capture.Live.Processes;

/// <summary>Which process has which socket open, from /proc/pid/fd.</summary>
internal sealed class SocketInodes
{
    /// <summary>Sockets remembered: an inode's number is not given to another socket soon.</summary>
    private const int MostKnown = 16 * 1024;

    private const string Prefix = "socket:[";

    private readonly Dictionary<uint, LocalProcess> _known = [];

    public LocalProcess? Find(uint inode) => _known.GetValueOrDefault(inode);

    /// <summary>Looks through the processes for the sockets that are wanted. One that is not there is not kept.</summary>
    public void Look(IReadOnlySet<uint> wanted)
    {
        if (_known.Count > MostKnown)
        {
            _known.Clear();
        }

        int left = wanted.Count;
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (left > 0 && int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                left -= LookAt(id, directory, wanted);
            }
        }
    }

    private int LookAt(int id, string directory, IReadOnlySet<uint> wanted)
    {
        int found = 0;
        try
        {
            foreach (FileInfo descriptor in new DirectoryInfo(Path.Combine(directory, "fd")).EnumerateFiles())
            {
                if (descriptor.LinkTarget is { } target && target.StartsWith(Prefix, StringComparison.Ordinal)
                    && uint.TryParse(target.AsSpan(Prefix.Length, target.Length - Prefix.Length - 1), out uint inode)
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
