using System.Buffers;
using System.Text;
using HttpWireAnalyzer.Http.Http2.Hpack;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>Makes heads of decoded fields (RFC 9113 §8.3), written as HTTP/1 would write them.</summary>
/// <remarks>
/// The rest of the analyzer reads fields out of a head's octets. :authority becomes Host, :path the target (for CONNECT
/// :authority does, §8.5, unless :protocol extends it), :scheme is left out. What §8.2.1 forbids in names and values is replaced by a space, so that no
/// field can become two.
/// </remarks>
internal sealed class FieldsToHead
{
    /// <summary>Stands for what was not sent, or not captured.</summary>
    private const string Missing = "?";

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n\0"u8);

    private readonly ArrayBufferWriter<byte> _octets = new();
    private byte[]? _method;
    private byte[]? _target;
    private byte[]? _authority;
    private byte[]? _status;
    private byte[]? _protocol;
    private string? _host;
    private long _contentLength;
    private bool _expectsContinue;

    /// <summary>Of the head made last.</summary>
    public HttpAnomalies Anomalies { get; private set; }

    public RequestHead Request(List<HpackField> fields)
    {
        Read(fields);

        // RFC 8441 §4: with :protocol, :scheme and :path are the target of CONNECT, as of any other method.
        var isOfAuthority = _method is not null && Ascii.Equals(_method, "CONNECT") && _protocol is null;
        var target = isOfAuthority ? _authority ?? _target : _target;
        var method = Text(_method);
        if (_method is null || target is null)
        {
            Anomalies |= HttpAnomalies.InvalidStartLine;
        }

        Begin($"{method} {Text(target)} HTTP/2\r\n");
        if (_authority is not null && _host is null)
        {
            _host = Text(_authority);
            Append("host"u8, _authority);
        }

        AppendAll(fields);
        return new RequestHead
        {
            Version = HttpVersion.Http2,
            Octets = _octets.WrittenSpan.ToArray(),
            Method = method,
            Target = Text(target),
            Host = _host,
            IsIdempotent = RequestHead.IsIdempotentMethod(method),
            ExpectsContinue = _expectsContinue,
            ContentLength = _contentLength,
            TransferCoding = TransferCoding.None,
            Connection = ConnectionOptions.None,
            KeepAliveTimeout = -1,
            KeepAliveMax = -1,
            Upgrade = null,
            Anomalies = Anomalies,
        };
    }

    public ResponseHead Response(List<HpackField> fields)
    {
        Read(fields);
        var status = StatusOf(_status);
        if (status == 0)
        {
            Anomalies |= HttpAnomalies.OddStatus;
        }

        Begin($"HTTP/2 {Text(_status)}\r\n");
        AppendAll(fields);
        return new ResponseHead
        {
            Version = HttpVersion.Http2,
            Octets = _octets.WrittenSpan.ToArray(),
            Status = status,
            Reason = string.Empty,
            ContentLength = _contentLength,
            TransferCoding = TransferCoding.None,
            Connection = ConnectionOptions.None,
            KeepAliveTimeout = -1,
            KeepAliveMax = -1,
            Upgrade = null,
            Anomalies = Anomalies,
        };
    }

    /// <summary>The trailer section as HTTP/1 would write it.</summary>
    public string Trailers(List<HpackField> fields)
    {
        Read(fields);
        _octets.ResetWrittenCount();
        AppendAll(fields, ends: false);
        return Encoding.Latin1.GetString(_octets.WrittenSpan);
    }

    /// <summary>RFC 9113 §8.1: trailers have no pseudo-header fields, and each head has one at least.</summary>
    public static bool AreTrailers(List<HpackField> fields) =>
        fields.Count > 0 && fields.TrueForAll(field => !field.Unknown.HasFlag(UnknownParts.Name) && field.Name is not [(byte)':', ..]);

    private static int StatusOf(ReadOnlySpan<byte> digits) =>
        digits.Length == 3 && DecimalLength.TryParse(digits, out var status) && status is >= 100 and <= 999 ? (int)status : 0;

    private static string Text(byte[]? octets) => octets is null ? Missing : Encoding.Latin1.GetString(Cleaned(octets));

    private void Read(List<HpackField> fields)
    {
        _method = _target = _authority = _status = _protocol = null;
        _host = null;
        _contentLength = -1;
        _expectsContinue = false;
        Anomalies = HttpAnomalies.None;
        var regular = false;
        foreach (var field in fields)
        {
            if (field.Unknown.HasFlag(UnknownParts.Name))
            {
                continue;
            }

            ReadOnlySpan<byte> name = field.Name;
            if (name is [(byte)':', ..])
            {
                // RFC 9113 §8.3: pseudo-header fields come first, and each once.
                Anomalies |= regular || !TakePseudo(name, field.Value) ? HttpAnomalies.InvalidFieldLine : HttpAnomalies.None;
                continue;
            }

            regular = true;
            Understand(name, field.Value);
        }
    }

    private bool TakePseudo(ReadOnlySpan<byte> name, byte[] value)
    {
        if (name.SequenceEqual(":scheme"u8))
        {
            return true;
        }

        ref var place = ref _method;
        if (name.SequenceEqual(":path"u8))
        {
            place = ref _target;
        }
        else if (name.SequenceEqual(":authority"u8))
        {
            place = ref _authority;
        }
        else if (name.SequenceEqual(":status"u8))
        {
            place = ref _status;
        }
        else if (name.SequenceEqual(":protocol"u8))
        {
            place = ref _protocol;
        }
        else if (!name.SequenceEqual(":method"u8))
        {
            return false;
        }

        var isFirst = place is null;
        place ??= value;
        return isFirst;
    }

    private void Understand(ReadOnlySpan<byte> name, byte[] value)
    {
        // RFC 9113 §8.2.1: names in lower case, tokens, and nothing in values that ends a line.
        if (Characters.TokenLength(name) != name.Length || name.ContainsAnyInRange((byte)'A', (byte)'Z')
            || value.AsSpan().ContainsAny(LineEnds))
        {
            Anomalies |= HttpAnomalies.InvalidFieldLine;
        }

        switch (name.Length)
        {
            case 4 when Ascii.EqualsIgnoreCase(name, "host"u8):
                _host ??= Text(value);
                break;
            case 6 when Ascii.EqualsIgnoreCase(name, "expect"u8):
                _expectsContinue |= Ascii.EqualsIgnoreCase(value, "100-continue"u8);
                break;
            case 14 when Ascii.EqualsIgnoreCase(name, "content-length"u8):
                _contentLength = DecimalLength.TryParse(value, out var length) ? length : -2;
                Anomalies |= _contentLength < 0 ? HttpAnomalies.InvalidContentLength : HttpAnomalies.None;
                break;
            default:
                Anomalies |= IsOfConnection(name, value) ? HttpAnomalies.ConnectionField : HttpAnomalies.None;
                break;
        }
    }

    /// <summary>RFC 9113 §8.2.2: fields of HTTP/1 connections make a message malformed, but for "te: trailers".</summary>
    private static bool IsOfConnection(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length switch
    {
        2 => Ascii.EqualsIgnoreCase(name, "te"u8) && !Ascii.EqualsIgnoreCase(value, "trailers"u8),
        7 => Ascii.EqualsIgnoreCase(name, "upgrade"u8),
        10 => Ascii.EqualsIgnoreCase(name, "connection"u8) || Ascii.EqualsIgnoreCase(name, "keep-alive"u8),
        16 => Ascii.EqualsIgnoreCase(name, "proxy-connection"u8),
        17 => Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8),
        _ => false,
    };

    private void Begin(string startLine)
    {
        _octets.ResetWrittenCount();
        Encoding.Latin1.GetBytes(startLine, _octets);
    }

    private void AppendAll(List<HpackField> fields, bool ends = true)
    {
        foreach (var field in fields)
        {
            if (field.Unknown.HasFlag(UnknownParts.Name) || field.Name is not [(byte)':', ..])
            {
                Append(field.Name, field.Value);
            }
        }

        if (ends)
        {
            _octets.Write("\r\n"u8);
        }
    }

    private void Append(ReadOnlySpan<byte> name, byte[] value)
    {
        // A line that begins with white space would belong to the one before it.
        _octets.Write(name is [(byte)' ' or (byte)'\t', ..] ? "?"u8 : default);
        _octets.Write(Cleaned(name));
        _octets.Write(": "u8);
        _octets.Write(Cleaned(value));
        _octets.Write("\r\n"u8);
    }

    private static ReadOnlySpan<byte> Cleaned(ReadOnlySpan<byte> octets)
    {
        if (!octets.ContainsAny(LineEnds))
        {
            return octets;
        }

        var cleaned = octets.ToArray();
        cleaned.AsSpan().ReplaceAny(LineEnds, (byte)' ');
        return cleaned;
    }
}
