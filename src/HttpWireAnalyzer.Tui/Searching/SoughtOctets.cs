namespace HttpWireAnalyzer.Tui.Searching;

/// <summary>Octets that are looked for, in one form or another.</summary>
/// <param name="letters">Of text.</param>
/// <param name="ignoresCase">ASCII's capitals make no difference in those.</param>
/// <param name="exact">As they are; null for none.</param>
internal sealed class SoughtOctets(IReadOnlyList<byte[]> letters, bool ignoresCase, byte[]? exact)
{
    /// <summary>Of the longest form.</summary>
    public int Length { get; } = int.Max(letters.Max(form => form.Length), exact?.Length ?? 0);

    /// <summary>The first place that is not before another one.</summary>
    public OctetMatch? First(ReadOnlySpan<byte> octets, int from)
    {
        var found = exact is null ? null : First(octets, from, exact, ignoresCase: false);
        foreach (var form in letters)
        {
            // What is found already leaves only what lies before it.
            var end = found is { } nearest ? int.Min(octets.Length, nearest.At + form.Length - 1) : octets.Length;
            found = First(octets[..end], from, form, ignoresCase) ?? found;
        }

        return found;
    }

    /// <summary>The last place before another one.</summary>
    public OctetMatch? Last(ReadOnlySpan<byte> octets, int before)
    {
        var found = exact is null ? null : Last(octets, before, exact, ignoresCase: false);
        foreach (var form in letters)
        {
            found = Last(octets, before, form, ignoresCase) is { } match && !(match.At <= found?.At) ? match : found;
        }

        return found;
    }

    private static OctetMatch? First(ReadOnlySpan<byte> octets, int from, byte[] form, bool ignoresCase)
    {
        for (var at = from; at <= octets.Length - form.Length; at++)
        {
            var starts = octets[at..(octets.Length - form.Length + 1)];
            var next = ignoresCase ? starts.IndexOfAny(Small(form[0]), Capital(form[0])) : starts.IndexOf(form[0]);
            if (next < 0)
            {
                return null;
            }

            at += next;
            if (IsAt(octets[at..], form, ignoresCase))
            {
                return new OctetMatch(at, form.Length);
            }
        }

        return null;
    }

    private static OctetMatch? Last(ReadOnlySpan<byte> octets, int before, byte[] form, bool ignoresCase)
    {
        for (var end = int.Min(before, octets.Length - form.Length + 1); end > 0;)
        {
            end = ignoresCase ? octets[..end].LastIndexOfAny(Small(form[0]), Capital(form[0])) : octets[..end].LastIndexOf(form[0]);
            if (end >= 0 && IsAt(octets[end..], form, ignoresCase))
            {
                return new OctetMatch(end, form.Length);
            }
        }

        return null;
    }

    private static bool IsAt(ReadOnlySpan<byte> octets, byte[] form, bool ignoresCase)
    {
        if (!ignoresCase)
        {
            return octets.StartsWith(form);
        }

        for (var at = 0; at < form.Length; at++)
        {
            if (Small(octets[at]) != Small(form[at]))
            {
                return false;
            }
        }

        return true;
    }

    private static byte Small(byte letter) => letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter;

    private static byte Capital(byte letter) => letter is >= (byte)'a' and <= (byte)'z' ? (byte)(letter & ~0x20) : letter;
}

/// <summary>Octets that were looked for.</summary>
internal readonly record struct OctetMatch(int At, int Length)
{
    public int End => At + Length;
}
