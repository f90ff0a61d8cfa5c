using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Merge;

/// <summary>
/// The frames of the last moments, to tell a frame that two files show from one that was sent twice: each frame kept
/// answers for one frame of each other file, and never for one of its own.
/// </summary>
/// <remarks>Two rings, of entries and of octets: what is overwritten is forgotten, its copy then kept.</remarks>
internal sealed class RecentFrames
{
    /// <summary>C005: identical frames at most this far apart are one frame: clocks of taps differ so.</summary>
    public const long WindowNanoseconds = 5_000_000;

    // Entries: 5 ms at 3 million packets a second. Octets: 5 ms at 10 Gbit/s is 6.25 MB.
    private const int Entries = 16 * 1024;
    private const int Octets = 8 * 1024 * 1024;

    // Identical frames within the window that are looked through, so that a flood of one frame costs no square.
    private const int LongestSearch = 64;
    private const int FilesToAWord = 64;

    private readonly Entry[] _entries = new Entry[Entries];
    private readonly long[] _heads = new long[Entries];
    private readonly byte[] _octets = new byte[Octets];
    private readonly ulong[] _answeredFor;
    private readonly int _wordsToAnEntry;
    private long _nextEntry = 1;
    private long _nextOctet;

    public RecentFrames(int files)
    {
        _wordsToAnEntry = ((files - 1) / FilesToAWord) + 1;
        _answeredFor = new ulong[Entries * _wordsToAnEntry];
    }

    /// <summary>Whether another file has shown this frame; if not, it is remembered.</summary>
    public bool Has(in PacketRecord record, ReadOnlySpan<byte> octets, int file)
    {
        var hash = Hash(octets);
        var number = _heads[hash % Entries];
        for (var i = 0; i < LongestSearch && number > _nextEntry - Entries && number > 0; i++)
        {
            ref var entry = ref _entries[number % Entries];
            if (entry.Hash == hash && IsSame(entry, record, octets) && TryAnswer(number, file))
            {
                return true;
            }

            number = entry.Previous;
        }

        Remember(record, octets, hash, file);
        return false;
    }

    private bool IsSame(in Entry entry, in PacketRecord record, ReadOnlySpan<byte> octets) =>
        Int128.Abs((Int128)record.Packet.Time.Nanoseconds - entry.Time.Nanoseconds) <= WindowNanoseconds
        && entry.LinkType == record.LinkType
        && entry.OriginalLength == record.OriginalLength
        && entry.Length == octets.Length
        && entry.FirstOctet >= _nextOctet - Octets
        && octets.SequenceEqual(_octets.AsSpan((int)(entry.FirstOctet % Octets), entry.Length));

    private bool TryAnswer(long number, int file)
    {
        ref var word = ref _answeredFor[((number % Entries) * _wordsToAnEntry) + (file / FilesToAWord)];
        var bit = 1UL << (file % FilesToAWord);
        var answers = (word & bit) == 0;
        word |= bit;
        return answers;
    }

    private void Remember(in PacketRecord record, ReadOnlySpan<byte> octets, uint hash, int file)
    {
        if (octets.Length > Octets)
        {
            return;
        }

        // A frame is kept in one piece: what is left of the ring before its end stays empty.
        var room = Octets - (int)(_nextOctet % Octets);
        _nextOctet += octets.Length > room ? room : 0;
        octets.CopyTo(_octets.AsSpan((int)(_nextOctet % Octets)));

        var number = _nextEntry++;
        _entries[number % Entries] = new Entry(
            record.Packet.Time,
            _nextOctet,
            _heads[hash % Entries],
            hash,
            octets.Length,
            record.OriginalLength,
            record.LinkType);
        _nextOctet += octets.Length;
        _heads[hash % Entries] = number;

        // A frame does not answer for its own file: that one sent it twice.
        var words = _answeredFor.AsSpan((int)(number % Entries) * _wordsToAnEntry, _wordsToAnEntry);
        words.Clear();
        words[file / FilesToAWord] = 1UL << (file % FilesToAWord);
    }

    // FNV-1a over words; equal hashes are compared octet by octet, so it need not be strong.
    private static uint Hash(ReadOnlySpan<byte> octets)
    {
        const ulong Prime = 0x100000001b3;
        var hash = 0xcbf29ce484222325;
        while (octets.Length >= sizeof(ulong))
        {
            hash = unchecked((hash ^ BitConverter.ToUInt64(octets)) * Prime);
            octets = octets[sizeof(ulong)..];
        }

        foreach (var octet in octets)
        {
            hash = unchecked((hash ^ octet) * Prime);
        }

        return (uint)(hash ^ (hash >> 32));
    }

    private readonly record struct Entry(
        Timestamp Time, long FirstOctet, long Previous, uint Hash, int Length, int OriginalLength, LinkType LinkType);
}
