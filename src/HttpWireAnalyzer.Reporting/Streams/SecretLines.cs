namespace HttpWireAnalyzer.Reporting.Streams;

/// <summary>How much of a line, or of a part of one, is secret.</summary>
public enum LineSecrecy : byte
{
    None,

    /// <summary>What stands behind the name.</summary>
    Value,

    /// <summary>All of it: it goes on with a secret that began before.</summary>
    Whole,
}

/// <summary>
/// Tells of the lines that one side sends which are secret, wherever they are cut: by what the other side says, by a hole, or
/// because they are long.
/// </summary>
public sealed class SecretLines
{
    /// <summary>The open line so far, while it may yet become the name of a secret; else empty.</summary>
    private byte[] _name = [];
    private bool _isOpen;
    private bool _isSecret;
    private bool _isInHead;

    /// <summary>A line that begins or ends as RFC 9112 §3 and §4 have a message begin.</summary>
    public static bool IsStart(ReadOnlySpan<byte> line)
    {
        var text = line.TrimEnd((byte)'\r');
        return text.StartsWith("HTTP/1."u8) || text.EndsWith(" HTTP/1.1"u8) || text.EndsWith(" HTTP/1.0"u8);
    }

    /// <summary>What comes next, up to the end of its line or to where it is cut.</summary>
    /// <param name="part">Without the line feed.</param>
    /// <param name="isEnd">A line feed follows.</param>
    public LineSecrecy Take(ReadOnlySpan<byte> part, bool isEnd)
    {
        var secrecy = _isOpen ? Rest(part) : Beginning(part);
        if (_isSecret || IsStart(part))
        {
            _isInHead = true;
        }
        else if (isEnd && !_isOpen && part.TrimEnd((byte)'\r').IsEmpty)
        {
            _isInHead = false;
        }

        _isOpen = !isEnd;
        return secrecy;
    }

    /// <summary>
    /// Octets are missing. In a head they may be a line's end and the name of a secret: what comes next is as secret, up to the end of
    /// its line.
    /// </summary>
    public void Skip()
    {
        if (_isInHead || (_isOpen && _name.Length > 0))
        {
            (_isOpen, _isSecret) = (true, true);
        }
    }

    private LineSecrecy Beginning(ReadOnlySpan<byte> part)
    {
        // RFC 9112 §5.2: a folded line is as secret as its beginning.
        if (_isSecret && part is [(byte)' ' or (byte)'\t', ..])
        {
            return LineSecrecy.Whole;
        }

        _isSecret = SecretFields.Begins(part);
        _name = !_isSecret && SecretFields.MayBegin(part) ? part.ToArray() : [];
        return _isSecret ? LineSecrecy.Value : LineSecrecy.None;
    }

    private LineSecrecy Rest(ReadOnlySpan<byte> part)
    {
        if (!_isSecret && _name.Length > 0)
        {
            byte[] line = [.. _name, .. part];
            _isSecret = SecretFields.Begins(line);
            _name = !_isSecret && SecretFields.MayBegin(line) ? line : [];
        }

        return _isSecret ? LineSecrecy.Whole : LineSecrecy.None;
    }
}
