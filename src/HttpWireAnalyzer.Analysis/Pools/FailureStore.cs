using System.Runtime.InteropServices;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>Failed exchanges, found by their requests and bodies. Where there is no room, the one that failed first goes.</summary>
/// <remarks>
/// Those that hash alike are a ring, and all together are another, each in the order in which they failed. The ring of all
/// begins with the entries that are free.
/// </remarks>
internal sealed class FailureStore
{
    /// <summary>Of four letters: those of Latin-1 differ from their capitals in these bits.</summary>
    private const ulong Case = 0x0020_0020_0020_0020;

    /// <summary>Of FNV with 64 bits.</summary>
    private const ulong Prime = 0x100_0000_01b3;

    private readonly Failure[] _failures;
    private readonly Rings _alike;
    private readonly Rings _all;

    /// <param name="room">Failures that are kept, one at least.</param>
    public FailureStore(int room)
    {
        _failures = new Failure[room];
        _alike = new Rings(2 * room);
        _all = new Rings(room + 1);
        for (var entry = 0; entry < room; entry++)
        {
            _all.Insert(entry, room);
        }
    }

    public ref readonly Failure this[int entry] => ref _failures[entry];

    /// <summary>Of client, method, target and Host.</summary>
    public static ulong HashOf(Address client, RequestHead request)
    {
        var hash = Hash(request.Target, 0, Hash(request.Method, 0, unchecked((client.High * Prime) ^ client.Low)));
        return request.Host is { } host ? Hash(host, Case, hash) : hash;
    }

    /// <summary>Entries of all failures, the latest first, and then of none.</summary>
    public Backwards All() => _all.Backwards(_failures.Length);

    /// <summary>Entries of those that may be of the same request and body, the latest first.</summary>
    /// <param name="request">What <see cref="HashOf"/> says of it.</param>
    /// <param name="body">The digest of a body that was sent whole; null for all that were not.</param>
    public Backwards Alike(ulong request, uint? body) => _alike.Backwards(RingOf(request, body));

    public void Add(in Failure failure)
    {
        var first = _all.After(_failures.Length);
        if (failure.At.Number < _failures[first].At.Number)
        {
            // No room, and none failed before it.
            return;
        }

        Remove(first);
        _failures[first] = failure;
        _all.Remove(first);
        Insert(first, _all, _failures.Length);
        Insert(
            first, _alike, RingOf(HashOf(failure.Client, failure.Request), failure.IsWhole ? failure.BodyDigest : null));
    }

    public void Remove(int entry)
    {
        _failures[entry] = default;
        _alike.Remove(entry);
        _all.Remove(entry);
        _all.Insert(entry, _failures.Length);
    }

    /// <summary>Nearly always at the end: most failures are known in the order in which they happen.</summary>
    private void Insert(int entry, Rings rings, int ring)
    {
        var before = rings.Before(ring);
        while (before != ring && _failures[before].At.Number > _failures[entry].At.Number)
        {
            before = rings.Before(before);
        }

        rings.Insert(entry, before);
    }

    /// <summary>The node, behind those of the entries, that begins the ring.</summary>
    private int RingOf(ulong request, uint? body)
    {
        // The upper bits of a product depend on all of its factor.
        var hash = unchecked((request ^ (body ?? 1UL << 32)) * 0x9E37_79B9_7F4A_7C15) >> 32;
        return _failures.Length + (int)(hash * (ulong)_failures.Length >> 32);
    }

    /// <summary>FNV-1a over words, the same in each run: a string's own hash is not.</summary>
    /// <param name="ignored">Bits of a word that make no difference.</param>
    /// <param name="hash">Of what stands before it.</param>
    private static ulong Hash(string text, ulong ignored, ulong hash)
    {
        var octets = MemoryMarshal.AsBytes(text.AsSpan());
        hash = unchecked((hash ^ (ulong)text.Length) * Prime);
        for (; octets.Length >= sizeof(ulong); octets = octets[sizeof(ulong)..])
        {
            hash = unchecked((hash ^ (BitConverter.ToUInt64(octets) | ignored)) * Prime);
        }

        foreach (var letter in MemoryMarshal.Cast<byte, char>(octets))
        {
            hash = unchecked((hash ^ (letter | ignored)) * Prime);
        }

        return hash;
    }
}

/// <summary>An exchange that failed.</summary>
/// <param name="IsWhole">All of its request was sent.</param>
/// <param name="At">Known to have failed.</param>
/// <param name="Until">The number of the packet with which an answer came all the same: no request from there on repeats it.</param>
internal readonly record struct Failure(
    Address Client, RequestHead Request, long BodyOctets, uint BodyDigest, bool IsWhole, PacketRef At, long Until,
    int Connection, int Ordinal, ExchangeFailure Kind);
