namespace HttpWireAnalyzer.Http;

/// <summary>Gathers what the fields of one head mean for the connection, and what is odd about them.</summary>
internal sealed partial class FieldReading
{
    private readonly List<HeadOddity> _oddities = [];
    private int _codings;
    private int _chunkedCodings;
    private bool _lastCodingIsChunked;
    private int _transferEncodingAt = -1;
    private int _contentLengthAt = -1;

    public int Count { get; private set; }

    public int HostLines { get; private set; }

    public string? Host { get; private set; }

    /// <summary>-1 without one, -2 where it is invalid.</summary>
    public long ContentLength { get; private set; } = -1;

    public long GuessedLength { get; private set; }

    public TransferCoding TransferCoding { get; private set; }

    public ConnectionOptions Connection { get; private set; }

    public long KeepAliveTimeout { get; private set; } = -1;

    public long KeepAliveMax { get; private set; } = -1;

    public string? Upgrade { get; private set; }

    public bool ExpectsContinue { get; private set; }

    public HttpAnomalies Anomalies { get; private set; }

    public HeadOddity[] Oddities => _oddities.Count == 0 ? [] : [.. _oddities];

    /// <summary>Each kind is kept where it stands first.</summary>
    public void Note(HttpAnomalies kind, int offset)
    {
        if ((Anomalies & kind) == 0)
        {
            Anomalies |= kind;
            _oddities.Add(new HeadOddity(kind, offset));
        }
    }

    public void Take(scoped in HeadField field)
    {
        Count++;
        CheckLine(field.Line, field.Offset);
        if (!field.HasColon || field.Name.IsEmpty)
        {
            Note(HttpAnomalies.InvalidFieldLine, field.Offset);
            return;
        }

        CheckName(field);
        if (field.IsFolded)
        {
            // RFC 9112 §5.2: a fold is replaced by spaces before the value is used.
            Note(HttpAnomalies.ObsoleteFolding, field.Offset);
            Understand(field, field.Unfolded());
        }
        else
        {
            Understand(field, field.RawValue);
        }
    }

    /// <summary>Looks for line ends and controls that may not be; a folded field is several lines.</summary>
    public void CheckLine(ReadOnlySpan<byte> line, int offset)
    {
        while (!line.IsEmpty)
        {
            var lineFeed = line.IndexOf(Characters.LineFeed);
            var end = lineFeed < 0 ? line.Length : lineFeed;
            var hasCarriageReturn = end > 0 && line[end - 1] == Characters.CarriageReturn;
            if (lineFeed >= 0 && !hasCarriageReturn)
            {
                Note(HttpAnomalies.BareLineFeed, offset + end);
            }

            CheckContent(line[..(hasCarriageReturn ? end - 1 : end)], offset);
            var next = lineFeed < 0 ? line.Length : lineFeed + 1;
            offset += next;
            line = line[next..];
        }
    }

    /// <summary>What can only be said once all lines are read.</summary>
    public void Conclude(HttpVersion version)
    {
        if (_transferEncodingAt < 0)
        {
            return;
        }

        if (_codings > 0)
        {
            TransferCoding = _lastCodingIsChunked ? TransferCoding.Chunked : TransferCoding.NotChunked;
        }

        // RFC 9112 §6.1: HTTP/1.0 has none, and who implements no more passes it on unread.
        if (version == HttpVersion.Http10)
        {
            Note(HttpAnomalies.TransferEncodingInHttp10, _transferEncodingAt);
        }

        // RFC 9112 §6.1: chunked is last, and applied once.
        if (!_lastCodingIsChunked || _chunkedCodings > 1)
        {
            Note(HttpAnomalies.OddTransferEncoding, _transferEncodingAt);
        }

        // RFC 9112 §6.1: a sender MUST NOT send Content-Length with Transfer-Encoding.
        if (_contentLengthAt >= 0)
        {
            Note(HttpAnomalies.LengthAndTransferEncoding, Math.Max(_contentLengthAt, _transferEncodingAt));
        }
    }

    private void CheckContent(ReadOnlySpan<byte> content, int offset)
    {
        for (var at = content.IndexOfAny(Characters.Control); at >= 0;)
        {
            Note(
                content[at] == Characters.CarriageReturn ? HttpAnomalies.BareCarriageReturn : HttpAnomalies.ControlOctet,
                offset + at);
            var next = content[(at + 1)..].IndexOfAny(Characters.Control);
            at = next < 0 ? -1 : at + 1 + next;
        }
    }

    private void CheckName(scoped in HeadField field)
    {
        var raw = field.RawName;

        // RFC 9112 §5.1: no white space between name and colon; §2.2: none before the first field line either.
        if (raw[^1] is (byte)' ' or (byte)'\t')
        {
            Note(HttpAnomalies.SpaceBeforeColon, field.Offset + raw.Length - 1);
        }

        if (raw[0] is (byte)' ' or (byte)'\t' || Characters.TokenLength(field.Name) != field.Name.Length)
        {
            Note(HttpAnomalies.InvalidFieldLine, field.Offset);
        }
    }
}
