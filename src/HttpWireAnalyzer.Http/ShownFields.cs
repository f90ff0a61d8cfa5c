using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// The values of those fields that are shown of every message, as texts: read in one pass over a head's lines, and once
/// for all exchanges that share the head.
/// </summary>
public sealed class ShownFields
{
    private static readonly string[] Names =
        ["Connection", "Keep-Alive", "Content-Length", "Transfer-Encoding", "Upgrade", "Host", "User-Agent"];

    /// <summary>By place of the name; null without such a line.</summary>
    private readonly List<string>?[] _values = new List<string>?[Names.Length];

    internal ShownFields(HeadFields fields)
    {
        foreach (var line in fields)
        {
            for (var i = 0; i < Names.Length; i++)
            {
                if (line.IsNamed(Names[i]))
                {
                    (_values[i] ??= []).Add(line.Text());
                    break;
                }
            }
        }

        UserAgent = _values[^1] is { } lines ? string.Join(", ", lines) : null;
    }

    /// <summary>One for each line, in their order; so with the others.</summary>
    public ReadOnlySpan<string> Connection => CollectionsMarshal.AsSpan(_values[0]);

    public ReadOnlySpan<string> KeepAlive => CollectionsMarshal.AsSpan(_values[1]);

    public ReadOnlySpan<string> ContentLength => CollectionsMarshal.AsSpan(_values[2]);

    public ReadOnlySpan<string> TransferEncoding => CollectionsMarshal.AsSpan(_values[3]);

    public ReadOnlySpan<string> Upgrade => CollectionsMarshal.AsSpan(_values[4]);

    public ReadOnlySpan<string> Host => CollectionsMarshal.AsSpan(_values[5]);

    /// <summary>Several lines are joined by ", " (RFC 9110 §5.3); null without one.</summary>
    public string? UserAgent { get; }
}
