using System.Text;

namespace HttpWireAnalyzer.Http;

/// <summary>The fields that matter to the connection, value by value.</summary>
internal sealed partial class FieldReading
{
    private void Understand(scoped in HeadField field, ReadOnlySpan<byte> value)
    {
        var name = field.Name;
        switch (name.Length)
        {
            case 4 when Ascii.EqualsIgnoreCase(name, "host"u8):
                HostLines++;
                Host ??= Encoding.Latin1.GetString(value);
                break;
            case 6 when Ascii.EqualsIgnoreCase(name, "expect"u8):
                TakeExpect(value);
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

    // RFC 9110 §10.1.1: a list; case-insensitive.
    private void TakeExpect(ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            ExpectsContinue |= Ascii.EqualsIgnoreCase(NextElement(ref value), "100-continue"u8);
        }
    }

    // RFC 9110 §7.6.1: options are case-insensitive; those that are not options are names of hop-by-hop fields.
    private void TakeConnection(ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            var option = NextElement(ref value);
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
            var option = NextElement(ref value);
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

    // RFC 2068 §19.7.1.1: keepalive-param = param-name "=" value. Where a server writes ";" for ",", browsers read it, too.
    private void TakeKeepAlive(ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            var parameter = NextElement(ref value, value.IndexOfAny((byte)',', (byte)';'));
            var equals = parameter.IndexOf((byte)'=');
            if (equals < 0)
            {
                continue;
            }

            var name = Characters.Trim(parameter[..equals]);
            if (!DecimalLength.TryParse(Characters.Trim(parameter[(equals + 1)..]), out var number))
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

    // RFC 9112 §6.3, rule 5: a list of equal valid values counts as one, everything else is invalid; empty elements do not
    // count (RFC 9110 §5.6.1.2), but there has to be another.
    private void TakeContentLength(ReadOnlySpan<byte> value, int offset)
    {
        while (!value.IsEmpty)
        {
            var length = NextElement(ref value);
            if (!length.IsEmpty)
            {
                TakeLength(length, offset);
            }
        }

        if (_contentLengthAt != offset)
        {
            TakeLength(default, offset);
        }
    }

    private void TakeLength(ReadOnlySpan<byte> digits, int offset)
    {
        if (!DecimalLength.TryParse(digits, out var length))
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

    // RFC 9112 §6.1: codings in the order in which they were applied, over all lines; parameters do not matter here.
    private void TakeTransferEncoding(ReadOnlySpan<byte> value, int offset)
    {
        _transferEncodingAt = offset;
        while (!value.IsEmpty)
        {
            var coding = NextElement(ref value);
            var parameters = coding.IndexOf((byte)';');
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
    private static ReadOnlySpan<byte> NextElement(ref ReadOnlySpan<byte> list) => NextElement(ref list, list.IndexOf((byte)','));

    private static ReadOnlySpan<byte> NextElement(ref ReadOnlySpan<byte> list, int separator)
    {
        var element = separator < 0 ? list : list[..separator];
        list = separator < 0 ? default : list[(separator + 1)..];
        return Characters.Trim(element);
    }
}
