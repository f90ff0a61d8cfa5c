using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// Heads that were parsed before, found again by their octets: equal heads share one object, and cost neither parsing
/// nor memory.
/// </summary>
/// <remarks>
/// Direct-mapped: a new head takes its slot from the old one, so hostile heads can only make it useless, not slow. A
/// find compares every octet; the hash only chooses the slot.
/// </remarks>
internal sealed class HeadCache(HttpLimits limits)
{
    /// <summary>
    /// Heads that were the latest of some stream: a client that sends the same head again is served without a hash.
    /// 512 connections that are busy at once fit into a processor's cache; more share entries, and hash.
    /// </summary>
    private const int RecentHeads = 1024;

    private readonly MessageHead?[] _slots = new MessageHead?[limits.CachedHeads];
    private readonly MessageHead?[] _recent = new MessageHead?[RecentHeads];

    /// <summary>The head that the octets begin with; null where none is whole, or they begin with something else.</summary>
    /// <param name="stream">A number that the stream keeps while it is open.</param>
    public MessageHead? ReadWhole(ReadOnlySpan<byte> octets, int stream)
    {
        var place = stream & (RecentHeads - 1);
        var recent = _recent[place];
        return recent is not null && octets.StartsWith(recent.Octets) ? recent : ReadOther(octets, place);
    }

    /// <summary>One that is not the latest of its place, which it becomes.</summary>
    private MessageHead? ReadOther(ReadOnlySpan<byte> octets, int place)
    {
        var end = HeadEnd.Find(octets, 0);
        if (end < 0 || end > limits.HeadOctets)
        {
            return null;
        }

        var head = Read(octets[..end], out _);
        if (head is not null && end <= limits.CachedHeadOctets)
        {
            _recent[place] = head;
        }

        return head;
    }

    /// <summary>Finds the head that the octets are, or parses it; null where they are something else.</summary>
    /// <param name="kind">What they are instead; meaningful only then.</param>
    public MessageHead? Read(ReadOnlySpan<byte> octets, out StartLineKind kind)
    {
        var slot = (int)(Hash(octets) & (ulong)(_slots.Length - 1));
        var head = _slots[slot];
        if (head is not null && octets.SequenceEqual(head.Octets))
        {
            kind = head is RequestHead ? StartLineKind.Request : StartLineKind.Response;
            return head;
        }

        kind = StartLine.Classify(octets);
        head = kind switch
        {
            StartLineKind.Request or StartLineKind.VersionlessRequest => HeadParser.ParseRequest(octets),
            StartLineKind.Response => HeadParser.ParseResponse(octets),
            _ => null,
        };
        if (head is not null && octets.Length <= limits.CachedHeadOctets)
        {
            _slots[slot] = head;
        }

        return head;
    }

    /// <summary>Two lanes of multiply and rotate: quick, and the same in every run.</summary>
    private static ulong Hash(ReadOnlySpan<byte> octets)
    {
        const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
        var even = (ulong)octets.Length;
        var odd = Multiplier;
        var words = MemoryMarshal.Cast<byte, ulong>(octets);
        unchecked
        {
            var at = 0;
            for (; at + 1 < words.Length; at += 2)
            {
                even = ulong.RotateLeft(even ^ words[at], 29) * Multiplier;
                odd = ulong.RotateLeft(odd ^ words[at + 1], 31) * Multiplier;
            }

            if (at < words.Length)
            {
                even = ulong.RotateLeft(even ^ words[at], 29) * Multiplier;
            }

            foreach (var octet in octets[(words.Length * sizeof(ulong))..])
            {
                odd = ulong.RotateLeft(odd ^ octet, 31) * Multiplier;
            }

            var hash = (even ^ ulong.RotateLeft(odd, 17)) * Multiplier;
            return hash ^ (hash >> 32);
        }
    }
}
