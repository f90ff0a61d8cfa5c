using System.Buffers;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>The part of a host name that somebody registered: example.com of img3.example.com.</summary>
/// <remarks>
/// An approximation: which suffixes are public is a list of ten thousand lines (publicsuffix.org), and it changes. Here
/// it is the last two labels; three where the last has two letters and the one before is among the usual second-level
/// names, as in example.co.uk. Names below hosting suffixes (github.io) are taken for one owner's.
/// </remarks>
internal static class RegistrableDomain
{
    private static readonly SearchValues<string> SecondLevels = SearchValues.Create(
        ["ac", "co", "com", "edu", "go", "gob", "gov", "govt", "ltd", "mil", "ne", "net", "nom", "or", "org", "plc", "re", "sch"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Without port and final dot.</summary>
    public static string NameOf(string host)
    {
        var end = host.Length;
        var colon = host.LastIndexOf(':');
        if (colon >= 0 && !host.AsSpan(colon).Contains(']'))
        {
            end = colon;
        }

        end -= end > 0 && host[end - 1] == '.' ? 1 : 0;
        return end == host.Length ? host : host[..end];
    }

    /// <summary>Null for an address, and for a name without a dot.</summary>
    /// <param name="name">As <see cref="NameOf"/> gives it.</param>
    public static string? Of(string name)
    {
        var last = name.LastIndexOf('.');
        if (last <= 0 || name[0] == '[' || char.IsAsciiDigit(name[^1]))
        {
            // RFC 1123 §2.1: the last label of a name is alphabetic; of an IPv4 address it is not.
            return null;
        }

        var second = name.LastIndexOf('.', last - 1);
        if (second > 0 && name.Length - last - 1 == 2 && SecondLevels.Contains(name[(second + 1)..last]))
        {
            second = name.LastIndexOf('.', second - 1);
        }

        return name[(second + 1)..];
    }
}
