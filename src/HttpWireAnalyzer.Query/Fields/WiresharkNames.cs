namespace HttpWireAnalyzer.Query.Fields;

/// <summary>What to write in place of Wireshark's names that no record has.</summary>
public static class WiresharkNames
{
    private const string NoFieldLine =
        "Of field lines, Host, User-Agent, Connection, Keep-Alive, Content-Length, Transfer-Encoding and Upgrade are kept";

    private const string NoPayload = "Payload is not kept to be searched; hwa follow shows it";
    private const string NoPart = "Of a packet this is not kept; tshark -Y selects by it";
    private const string NoProtocol = "Only TCP and HTTP over it are read, and ICMP errors about it; tshark -Y selects by the rest";

    /// <summary>Names, or all that begin with one that ends in a dot; the first that fits is it.</summary>
    private static readonly (string Name, string Advice)[] All =
    [
        .. Each("Write tcp.acked here: it counts from the first octet of the stream", "tcp.ack", "tcp.ack_raw"),
        .. Each("Write tcp.window here: it is scaled", "tcp.window_size_value", "tcp.window_size_scalefactor"),
        .. Each("Write tcp.checksum == bad here", "tcp.checksum.", "tcp.checksum_bad"),
        ("tcp.flags.str", "Write tcp.flags here, or tcp.flags.syn and the others"),
        ("tcp.connection.syn", "Write tcp.flags.syn && !tcp.flags.ack here"),
        .. Each("Write tcp.flags.syn && tcp.flags.ack here", "tcp.connection.sack", "tcp.connection.synack"),
        .. Each("Write tcp.flags.fin here", "tcp.connection.fin", "tcp.connection.fin_active", "tcp.connection.fin_passive"),
        ("tcp.connection.rst", "Write tcp.flags.reset here"),
        ("tcp.src", "Write tcp.srcport here"),
        ("tcp.dst", "Write tcp.dstport here"),
        .. Each("Write ip.addr, ip.src or ip.dst here", "ip.host", "ip.src_host", "ip.dst_host"),
        ("ip.version", "Write ip or ipv6 here"),
        .. Each("Write http.host and http.request.uri here", "http.request.full_uri", "http2.request.full_uri"),
        ("http.time", "Write exchange.latency here: first octet of the request to the last of the response"),
        ("http.response_for.uri", "Write http.request.uri here: an exchange has both messages"),
        .. Each("Write http.request.frame.end here", "http.request_in", "http.prev_request_in", "http.next_request_in"),
        .. Each("Write http.response.frame.end here", "http.response_in", "http.prev_response_in", "http.next_response_in"),
        .. Each(NoPayload, "http.file_data", "frame", "data", "data.", "tcp.payload", "tcp.segment_data", "websocket.payload"),
        .. Each(
            NoFieldLine,
            "http.accept", "http.accept_encoding", "http.accept_language", "http.authorization", "http.authbasic",
            "http.cache_control", "http.content_encoding", "http.content_type", "http.cookie", "http.cookie_pair", "http.date",
            "http.last_modified", "http.location", "http.proxy_authenticate", "http.proxy_authorization",
            "http.proxy_connect_host", "http.referer", "http.request.line", "http.response.line", "http.server",
            "http.set_cookie", "http.unknown_header", "http.www_authenticate", "http.x_forwarded_for", "http2.header."),
        ("http2.headers.method", "Write http.request.method here"),
        ("http2.headers.path", "Write http.request.uri here"),
        ("http2.headers.status", "Write http.response.code here"),
        ("http2.headers.authority", "Write http.host here"),
        ("http2.headers.", NoFieldLine),
        ("http2.rst_stream.error", "Write h2.reset.code here"),
        ("http2.goaway.error", "Write h2.goaway.code here"),
        ("http2.", "The names here begin with h2: hwa fields ^h2"),
        ("websocket.", "The names here begin with ws: hwa fields ^ws"),
        .. Each("Write conn.protocol == tls here: it is recognized, and not read", "tls", "tls.", "ssl", "ssl."),
        .. Each("Write icmp.type and icmp.code here: both versions have them", "icmpv6", "icmpv6."),
        .. Each(
            NoPart,
            "eth", "eth.", "frame.cap_len", "frame.comment", "frame.interface_id", "frame.interface_name", "frame.len",
            "frame.protocols", "frame.time_delta", "frame.time_delta_displayed", "frame.time_relative", "ip.checksum", "ip.dsfield",
            "ip.dsfield.", "ip.flags", "ip.flags.", "ip.frag_offset", "ip.geoip.", "ip.hdr_len", "ip.id", "ip.len", "ip.proto",
            "ip.ttl", "ipv6.flow", "ipv6.hlim", "ipv6.nxt", "ipv6.plen", "tcp.hdr_len", "tcp.nxtseq", "tcp.options",
            "tcp.options.", "tcp.pdu.", "tcp.reassembled_in", "tcp.segment", "tcp.segments", "tcp.time_delta",
            "tcp.time_relative", "tcp.urgent_pointer", "_ws."),
        .. Each(
            NoProtocol,
            "arp", "arp.", "dhcp", "dhcp.", "dns", "dns.", "ftp", "ftp.", "mdns", "ntp", "ntp.", "quic", "quic.", "smb2",
            "ssdp", "ssh", "ssh.", "udp", "udp."),
    ];

    /// <summary>The whole error but for where names are listed.</summary>
    /// <param name="names">What could have been meant.</param>
    public static string NoSuchField(string name, IEnumerable<string> names) =>
        $"no such field: {name}.{(AdviceFor(name) is { } advice ? $" {advice}." : Suggestion.For(name, names))}";

    /// <summary>What to add where a number was written for a word.</summary>
    internal static string OfNumber(string field, string text) =>
        field == "tcp.flags" && char.IsAsciiDigit(text.FirstOrDefault())
            ? " Of the number, each bit is a field: tcp.flags.syn && tcp.flags.ack."
            : "";

    private static string? AdviceFor(string name) => Array.Find(All, one => one.Name == name
        || (one.Name[^1] == '.' && name.StartsWith(one.Name, StringComparison.Ordinal))).Advice;

    private static IEnumerable<(string Name, string Advice)> Each(string advice, params string[] names) =>
        names.Select(name => (name, advice));
}
