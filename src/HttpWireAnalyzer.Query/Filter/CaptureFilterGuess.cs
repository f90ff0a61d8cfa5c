namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Notices a capture filter (pcap-filter(7)) where a display filter is wanted.</summary>
internal static class CaptureFilterGuess
{
    private static readonly HashSet<string> Primitives = new(StringComparer.Ordinal)
    {
        "host", "net", "port", "portrange", "src", "dst", "proto", "gateway", "ether", "vlan", "mpls", "less", "greater",
        "tcp", "udp", "icmp", "icmp6", "ip", "ip6", "arp", "broadcast", "multicast", "inbound", "outbound",
    };

    /// <summary>The error as it is, or the better one: a word of BPF that is followed by another word, or by "[".</summary>
    public static FilterError Explain(IReadOnlyList<FilterToken> tokens, FilterError error)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            var (word, next) = (tokens[i], tokens[i + 1]);
            if (word.Kind == FilterTokenKind.Bare && Primitives.Contains(word.Text) && IsOfCaptureFilter(next))
            {
                return new FilterError(
                    "this looks like a capture filter (BPF); use -f for it. A display filter names fields: tcp.port == 80.",
                    word.Span.To(next.Span));
            }
        }

        return error;
    }

    private static bool IsOfCaptureFilter(FilterToken next) => next.Kind == FilterTokenKind.Symbol
        ? next.Text == "["
        : next.Kind == FilterTokenKind.Bare && !FilterOperators.IsKeyword(next.Text);
}
