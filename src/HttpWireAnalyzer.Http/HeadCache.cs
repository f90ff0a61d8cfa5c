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
    private readonly MessageHead?[] _slots = new MessageHead?[limits.CachedHeads];

    /// <summary>The slot for these octets, to be given to <see cref="Find"/> and <see cref="Keep"/>.</summary>
    public int SlotOf(ReadOnlySpan<byte> octets) => (int)(Hash(octets) & (ulong)(_slots.Length - 1));

    public MessageHead? Find(int slot, ReadOnlySpan<byte> octets)
    {
        MessageHead? head = _slots[slot];
        return head is not null && octets.SequenceEqual(head.Octets) ? head : null;
    }

    public void Keep(int slot, MessageHead head)
    {
        if (head.Octets.Length <= limits.CachedHeadOctets)
        {
            _slots[slot] = head;
        }
    }

    /// <summary>Two lanes of multiply and rotate: quick, and the same in every run.</summary>
    private static ulong Hash(ReadOnlySpan<byte> octets)
    {
        const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
        ulong even = (ulong)octets.Length;
        ulong odd = Multiplier;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(octets);
        unchecked
        {
            int at = 0;
            for (; at + 1 < words.Length; at += 2)
            {
                even = ulong.RotateLeft(even ^ words[at], 29) * Multiplier;
                odd = ulong.RotateLeft(odd ^ words[at + 1], 31) * Multiplier;
            }

            if (at < words.Length)
            {
                even = ulong.RotateLeft(even ^ words[at], 29) * Multiplier;
            }

            foreach (byte octet in octets[(words.Length * sizeof(ulong))..])
            {
                odd = ulong.RotateLeft(odd ^ octet, 31) * Multiplier;
            }

            ulong hash = (even ^ ulong.RotateLeft(odd, 17)) * Multiplier;
            return hash ^ (hash >> 32);
        }
    }
}
