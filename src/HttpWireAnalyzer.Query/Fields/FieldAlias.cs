using System.Diagnostics;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>Another name for fields of one kind of record. Several fields are one field with several values.</summary>
/// <param name="Set">The kind of record.</param>
/// <param name="Fields">At least one, all of the same kind.</param>
/// <param name="Family">Values of the other family are not of the name.</param>
public sealed record FieldAlias(string Name, FieldSet Set, IReadOnlyList<Field> Fields, AliasFamily Family = AliasFamily.Any);

/// <summary>Wireshark has a name for each address family.</summary>
public enum AliasFamily : byte
{
    Any,
    Ipv4,
    Ipv6,
}

/// <summary>Wireshark's names where they mean the same as a field that has another name here.</summary>
public static class FieldAliases
{
    private static readonly FieldAlias[] All =
    [
        .. Ends(ConnectionFields.Set, "client", "server"),
        Of(ConnectionFields.Set, "tcp", "conn.id"),
        Of(ConnectionFields.Set, "tcp.stream", "conn.id"),
        Of(ConnectionFields.Set, "tcp.analysis.initial_rtt", "conn.rtt.handshake"),
        Of(ConnectionFields.Set, "vlan.id", "conn.vlan.outer", "conn.vlan.inner"),
        Of(ConnectionFields.Set, "ws", "ws.frames"),
        Of(ConnectionFields.Set, "websocket", "ws.frames"),
        Of(ConnectionFields.Set, "websocket.payload.close.status_code", "ws.client.close.code", "ws.server.close.code"),
        Of(ConnectionFields.Set, "websocket.payload.close.reason", "ws.client.close.reason", "ws.server.close.reason"),
        Of(ConnectionFields.Set, "http2", "h2"),
        Of(ConnectionFields.Set, "http2.goaway.last_stream_id", "h2.goaway.last"),

        .. Ends(ExchangeFields.Set, "client", "server"),
        Of(ExchangeFields.Set, "tcp.stream", "conn.id"),
        Of(ExchangeFields.Set, "http", "exchange.ordinal"),
        Of(ExchangeFields.Set, "http2.streamid", "h2.stream"),
        Of(ExchangeFields.Set, "http.request.uri", "http.request.target"),
        Of(ExchangeFields.Set, "http.host", "http.request.header.host"),
        Of(ExchangeFields.Set, "http.user_agent", "user_agent.original"),
        Of(ExchangeFields.Set, "http.response.code", "http.response.status_code"),
        Of(ExchangeFields.Set, "http.response.phrase", "http.response.reason"),
        Of(ExchangeFields.Set, "http.connection", "http.request.header.connection", "http.response.header.connection"),
        Of(ExchangeFields.Set, "http.content_length", "http.request.body.expected", "http.response.body.expected"),
        Of(ExchangeFields.Set, "http.content_length_header", "http.request.header.content_length", "http.response.header.content_length"),
        Of(ExchangeFields.Set, "http.transfer_encoding", "http.request.header.transfer_encoding", "http.response.header.transfer_encoding"),
        Of(ExchangeFields.Set, "http.upgrade", "http.request.header.upgrade", "http.response.header.upgrade"),

        .. Addresses(PoolFields.Set, "pool.client", "pool.server.address"),
        Of(PoolFields.Set, "tcp.port", "pool.server.port"),
        .. Addresses(PortFields.Set, "port.client", "port.server.address"),
        Of(PortFields.Set, "tcp.port", "port.server.port"),

        .. Ends(PacketFields.Set, "source", "destination"),
        .. Directions(PacketFields.Set, "source", "destination"),
        Of(PacketFields.Set, "tcp", "tcp.seq"),
        Of(PacketFields.Set, "tcp.stream", "conn.id"),
        Of(PacketFields.Set, "tcp.seq_raw", "tcp.seq"),
        Of(PacketFields.Set, "tcp.window_size", "tcp.window"),
        Of(PacketFields.Set, "frame.number", "packet.number"),
        Of(PacketFields.Set, "frame.time", "packet.time"),
        Of(PacketFields.Set, "frame.time_epoch", "packet.time"),
        Of(PacketFields.Set, "icmp", "icmp.type"),
    ];

    public static IEnumerable<FieldAlias> For(FieldSet set) => All.Where(alias => alias.Set == set);

    /// <summary>The fields' own names, then the others.</summary>
    public static IEnumerable<string> NamesOf(FieldSet set) =>
        set.Fields.Select(field => field.Name).Concat(For(set).Select(alias => alias.Name));

    /// <summary>Null where the kind of record has no such name.</summary>
    public static FieldAlias? Find(FieldSet set, string name) =>
        Array.Find(All, alias => alias.Set == set && alias.Name == name);

    private static FieldAlias Of(FieldSet set, string name, params string[] fields) => Of(set, name, AliasFamily.Any, fields);

    private static FieldAlias Of(FieldSet set, string name, AliasFamily family, params string[] fields) =>
        new(name, set, [.. fields.Select(field => set.Find(field) ?? throw new UnreachableException(field))], family);

    private static IEnumerable<FieldAlias> Addresses(FieldSet set, string one, string other) =>
    [
        Of(set, "ip", AliasFamily.Ipv4, one, other),
        Of(set, "ip.addr", AliasFamily.Ipv4, one, other),
        Of(set, "ipv6", AliasFamily.Ipv6, one, other),
        Of(set, "ipv6.addr", AliasFamily.Ipv6, one, other),
    ];

    private static IEnumerable<FieldAlias> Ends(FieldSet set, string one, string other) =>
    [
        .. Addresses(set, $"{one}.address", $"{other}.address"),
        Of(set, "tcp.port", $"{one}.port", $"{other}.port"),
    ];

    /// <summary>From the one to the other: what a connection is not.</summary>
    private static IEnumerable<FieldAlias> Directions(FieldSet set, string one, string other) =>
    [
        Of(set, "ip.src", AliasFamily.Ipv4, $"{one}.address"),
        Of(set, "ip.dst", AliasFamily.Ipv4, $"{other}.address"),
        Of(set, "ipv6.src", AliasFamily.Ipv6, $"{one}.address"),
        Of(set, "ipv6.dst", AliasFamily.Ipv6, $"{other}.address"),
        Of(set, "tcp.srcport", $"{one}.port"),
        Of(set, "tcp.dstport", $"{other}.port"),
    ];
}
