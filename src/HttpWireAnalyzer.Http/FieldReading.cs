using System.Text;

namespace HttpWireAnalyzer.Http;

/// <summary>Gathers what the fields of one head mean for the connection, and what is odd about them.</summary>
internal sealed class FieldReading
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
            int lineFeed = line.IndexOf(Characters.LineFeed);
            int end = lineFeed < 0 ? line.Length : lineFeed;
            bool hasCarriageReturn = end > 0 && line[end - 1] == Characters.CarriageReturn;
            if (lineFeed >= 0 && !hasCarriageReturn)
            {
                Note(HttpAnomalies.BareLineFeed, offset + end);
            }

            CheckContent(line[..(hasCarriageReturn ? end - 1 : end)], offset);
            int next = lineFeed < 0 ? line.Length : lineFeed + 1;
            offset += next;
            line = line[next..];
        }
    }

    /// <summary>What can only be said once all lines are read.</summary>
    public void Conclude()
    {
        if (_transferEncodingAt < 0)
        {
            return;
        }

        if (_codings > 0)
        {
            TransferCoding = _lastCodingIsChunked ? TransferCoding.Chunked : TransferCoding.NotChunked;
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
        for (int at = content.IndexOfAny(Characters.Control); at >= 0;)
        {
            Note(
                content[at] == Characters.CarriageReturn ? HttpAnomalies.BareCarriageReturn : HttpAnomalies.ControlOctet,
                offset + at);
            int next = content[(at + 1)..].IndexOfAny(Characters.Control);
            at = next < 0 ? -1 : at + 1 + next;
        }
    }

    private void CheckName(scoped in HeadField field)
    {
        ReadOnlySpan<byte> raw = field.RawName;

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

    private void Understand(scoped in HeadField field, ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> name = field.Name;
        switch (name.Length)
        {
            case 4 when Ascii.EqualsIgnoreCase(name, "host"u8):
                HostLines++;
                Host ??= Encoding.Latin1.GetString(value);
                break;
            case 6 when Ascii.EqualsIgnoreCase(name, "expect"u8):
                // RFC 9110 §10.1.1: the value is case-insensitive.
                ExpectsContinue |= Ascii.EqualsIgnoreCase(value, "100-continue"u8);
                break;
            case 7 when Ascii.EqualsIgnoreCase(name, "upgrade"u8):
                Upgrade ??= Encoding.Latin1.GetString(NextElement(ref value));
                break;
            case 10 when Ascii.EqualsIgnoreCase(name, "connection"u8):
                TakeConnection(value);
                break;
            case 10 when Ascii.EqualsIgnoreCase(name, "keep-alive"u8):
                TakeKeepAlive(value);
                break;
            case 14 when Ascii.EqualsIgnoreCase(name, "content-length"u8):
                TakeContentLength(value, field.Offset);
                break;
            case 16 when Ascii.EqualsIgnoreCase(name, "proxy-connection"u8):
                TakeProxyConnection(value);
                break;
            case 17 when Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8):
                TakeTransferEncoding(value, field.Offset);
                break;
            default:
                // Every other field is between the ends, not between the hops.
                break;
        }
    }

    // RFC 9110 §7.6.1: options are case-insensitive; those that are not options are names of hop-by-hop fields.
    private void TakeConnection(ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            ReadOnlySpan<byte> option = NextElement(ref value);
            Connection |= option switch
            {
                _ when option.IsEmpty => ConnectionOptions.None,
                _ when Ascii.EqualsIgnoreCase(option, "close"u8) => ConnectionOptions.Close,
                _ when Ascii.EqualsIgnoreCase(option, "keep-alive"u8) => ConnectionOptions.KeepAlive,
                _ when Ascii.EqualsIgnoreCase(option, "upgrade"u8) => ConnectionOptions.Upgrade,
                _ => ConnectionOptions.OtherNames,
            };
        }
    }

    // RFC 9112 appendix C.2.2.
    private void TakeProxyConnection(ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            ReadOnlySpan<byte> option = NextElement(ref value);
            if (Ascii.EqualsIgnoreCase(option, "close"u8))
            {
                Connection |= ConnectionOptions.ProxyClose;
            }
            else if (Ascii.EqualsIgnoreCase(option, "keep-alive"u8))
            {
                Connection |= ConnectionOptions.ProxyKeepAlive;
            }
        }
    }

    // RFC 2068 §19.7.1.1: keepalive-param = param-name "=" value.
    private void TakeKeepAlive(ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            ReadOnlySpan<byte> parameter = NextElement(ref value);
            int equals = parameter.IndexOf((byte)'=');
            if (equals < 0)
            {
                continue;
            }

            ReadOnlySpan<byte> name = Characters.Trim(parameter[..equals]);
            if (!DecimalLength.TryParse(Characters.Trim(parameter[(equals + 1)..]), out long number))
            {
                continue;
            }

            if (Ascii.EqualsIgnoreCase(name, "timeout"u8))
            {
                KeepAliveTimeout = number;
            }
            else if (Ascii.EqualsIgnoreCase(name, "max"u8))
            {
                KeepAliveMax = number;
            }
        }
    }

    // RFC 9112 §6.3, rule 5: a list of equal valid values counts as one, everything else is invalid.
    private void TakeContentLength(ReadOnlySpan<byte> value, int offset)
    {
        do
        {
            bool valid = DecimalLength.TryParse(NextElement(ref value), out long length);
            if (!valid)
            {
                Note(HttpAnomalies.InvalidContentLength, offset);
                ContentLength = -2;
                GuessedLength = 0;
            }
            else if (_contentLengthAt < 0)
            {
                ContentLength = length;
                GuessedLength = length;
            }
            else if (length == ContentLength)
            {
                Note(HttpAnomalies.RepeatedContentLength, offset);
            }
            else
            {
                Note(HttpAnomalies.ConflictingContentLength, offset);
                ContentLength = -2;
                GuessedLength = length;
            }

            _contentLengthAt = offset;
        }
        while (!value.IsEmpty);
    }

    // RFC 9112 §6.1: codings in the order in which they were applied, over all lines; parameters do not matter here.
    private void TakeTransferEncoding(ReadOnlySpan<byte> value, int offset)
    {
        _transferEncodingAt = offset;
        while (!value.IsEmpty)
        {
            ReadOnlySpan<byte> coding = NextElement(ref value);
            int parameters = coding.IndexOf((byte)';');
            coding = Characters.Trim(parameters < 0 ? coding : coding[..parameters]);
            if (coding.IsEmpty)
            {
                continue;
            }

            _codings++;
            _lastCodingIsChunked = Ascii.EqualsIgnoreCase(coding, "chunked"u8);
            _chunkedCodings += _lastCodingIsChunked ? 1 : 0;
        }
    }

    /// <summary>Takes the next element off a comma list (RFC 9110 §5.6.1).</summary>
    private static ReadOnlySpan<byte> NextElement(ref ReadOnlySpan<byte> list)
    {
        int comma = list.IndexOf((byte)',');
        ReadOnlySpan<byte> element = comma < 0 ? list : list[..comma];
        list = comma < 0 ? default : list[(comma + 1)..];
        return Characters.Trim(element);
    }
}

/// <summary>Content-Length = 1*DIGIT (RFC 9110 §8.6), within 63 bits.</summary>
internal static class DecimalLength
{
    /// <remarks>RFC 9110 §8.6: a recipient MUST anticipate large numerals and prevent overflow.</remarks>
    public static bool TryParse(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        if (digits.IsEmpty)
        {
            return false;
        }

        foreach (byte octet in digits)
        {
            int digit = octet - '0';
            if (digit is < 0 or > 9 || value > (long.MaxValue - digit) / 10)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }
}
