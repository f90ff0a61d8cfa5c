using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace HttpWireAnalyzer.Http;

/// <summary>What requests and responses have in common: version, fields, and what the fields mean for the connection.</summary>
public abstract class MessageHead
{
    private protected MessageHead()
    {
    }

    [SetsRequiredMembers]
    private protected MessageHead(HttpVersion version, ReadOnlySpan<byte> octets, FieldReading fields)
    {
        Version = version;
        Octets = octets.ToArray();
        ContentLength = fields.ContentLength;
        GuessedLength = fields.GuessedLength;
        TransferCoding = fields.TransferCoding;
        Connection = fields.Connection;
        KeepAliveTimeout = fields.KeepAliveTimeout;
        KeepAliveMax = fields.KeepAliveMax;
        Upgrade = fields.Upgrade;
        Anomalies = fields.Anomalies;
        Oddities = fields.Oddities;
    }

    public required HttpVersion Version { get; init; }

    /// <summary>
    /// The head as sent, start line and last empty line included. Fields are read out of it on demand. Of HTTP/2: the fields
    /// as decoded, written as HTTP/1 would write them, with Host for :authority.
    /// </summary>
    public required byte[] Octets { get; init; }

    /// <summary>Content-Length; -1 without one, -2 where it is invalid.</summary>
    public required long ContentLength { get; init; }

    public required TransferCoding TransferCoding { get; init; }

    /// <summary>Options named in Connection, and in Proxy-Connection (which is not HTTP, RFC 9112 appendix C.2.2).</summary>
    public required ConnectionOptions Connection { get; init; }

    /// <summary>It has the close option: no further message comes behind it (RFC 9112 §9.6).</summary>
    public bool HasClose => (Connection & ConnectionOptions.Close) != 0;

    /// <summary>It has the keep-alive option (RFC 9112 appendix C.2.2).</summary>
    public bool HasKeepAlive => (Connection & ConnectionOptions.KeepAlive) != 0;

    /// <summary>timeout of Keep-Alive, seconds; -1 without.</summary>
    public required long KeepAliveTimeout { get; init; }

    /// <summary>max of Keep-Alive; -1 without.</summary>
    public required long KeepAliveMax { get; init; }

    /// <summary>First protocol of Upgrade; null without the field.</summary>
    public required string? Upgrade { get; init; }

    public required HttpAnomalies Anomalies { get; init; }

    /// <summary>The field lines, in order, read out of <see cref="Octets"/>.</summary>
    public HeadFields Fields => new(Octets);

    /// <summary>Of the field lines, those that are shown of every message; made when first asked for.</summary>
    public ShownFields Shown => field ??= new ShownFields(Fields);

    /// <summary>
    /// For who presents exchanges: what it made of the head, kept for the next exchange that shares it. Says nothing
    /// that the head does not.
    /// </summary>
    public object? Presented { get; set; }

    /// <summary>Where each anomaly stands, counted from the head's first octet; empty on a clean head.</summary>
    internal HeadOddity[] Oddities { get; init; } = [];

    /// <summary>
    /// How far the next message may be when Content-Length is invalid: the last value of several, else 0. RFC 9112
    /// §6.3, rule 5, gives no length; a reader that must go on tries the one that common parsers take.
    /// </summary>
    internal long GuessedLength { get; init; }

    /// <summary>
    /// The field's value as Latin-1 text, folds read as a space; several lines of the name are joined by ", "
    /// (RFC 9110 §5.3). Null without the field.
    /// </summary>
    public string? Field(string name)
    {
        string? value = null;
        StringBuilder? joined = null;
        foreach (var field in Fields)
        {
            if (!field.IsNamed(name))
            {
                continue;
            }

            if (value is null)
            {
                value = field.Text();
                continue;
            }

            joined ??= new StringBuilder(value);
            joined.Append(", ").Append(field.Text());
        }

        return joined?.ToString() ?? value;
    }
}

/// <summary>One anomaly of a head and where it stands in it.</summary>
internal readonly record struct HeadOddity(HttpAnomalies Kind, int Offset);

/// <summary>What the start line says. A minor version above 1 is read as 1.1 (RFC 9110 §2.5).</summary>
public enum HttpVersion : byte
{
    Http09,
    Http10,
    Http11,

    /// <summary>HTTP/2 (RFC 9113), which has no start line.</summary>
    Http2,

    /// <summary>None of these, or none that can be read.</summary>
    Other,

    /// <summary>The capture holds no more of the start line than what comes before it.</summary>
    Missing,
}

/// <summary>What Transfer-Encoding says.</summary>
public enum TransferCoding : byte
{
    /// <summary>No such field.</summary>
    None,

    /// <summary>The last coding is chunked.</summary>
    Chunked,

    /// <summary>The last coding is another.</summary>
    NotChunked,
}

/// <summary>Connection options (RFC 9110 §7.6.1).</summary>
[Flags]
public enum ConnectionOptions : byte
{
    None = 0,
    Close = 1,
    KeepAlive = 2,
    Upgrade = 4,

    /// <summary>Field names that are to be removed by the next hop.</summary>
    OtherNames = 8,

    /// <summary>Proxy-Connection: keep-alive.</summary>
    ProxyKeepAlive = 16,

    /// <summary>Proxy-Connection: close.</summary>
    ProxyClose = 32,
}
