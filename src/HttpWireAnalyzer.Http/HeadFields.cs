using System.Text;

namespace HttpWireAnalyzer.Http;

/// <summary>The field lines of a head (RFC 9112 §5), read in place.</summary>
/// <remarks>
/// <code>
/// field-line = field-name ":" OWS field-value OWS CRLF
/// obs-fold   = OWS CRLF RWS                           (a line that begins with white space belongs to the one before)
/// </code>
/// Lines without a colon are given with an empty name, so that nothing is passed over.
/// </remarks>
public readonly ref struct HeadFields
{
    private readonly ReadOnlySpan<byte> _head;

    internal HeadFields(ReadOnlySpan<byte> head) => _head = head;

    public Enumerator GetEnumerator() => new(_head);

    /// <summary>Walks from line to line.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _head;
        private int _next;

        internal Enumerator(ReadOnlySpan<byte> head)
        {
            _head = head;
            var startLineEnd = head.IndexOf(Characters.LineFeed);
            _next = startLineEnd < 0 ? head.Length : startLineEnd + 1;
            Current = default;
        }

        public HeadField Current { get; private set; }

        public bool MoveNext()
        {
            var start = _next;
            if (start >= _head.Length || HeadEnd.EmptyLine(_head[start..]) > 0)
            {
                return false;
            }

            var end = EndOfLine(start);
            var folded = false;
            while (end < _head.Length && _head[end] is (byte)' ' or (byte)'\t')
            {
                end = EndOfLine(end);
                folded = true;
            }

            _next = end;
            Current = new HeadField(_head[start..end], start, folded);
            return true;
        }

        private readonly int EndOfLine(int from)
        {
            var lineFeed = _head[from..].IndexOf(Characters.LineFeed);
            return lineFeed < 0 ? _head.Length : from + lineFeed + 1;
        }
    }
}

/// <summary>One field line.</summary>
public readonly ref struct HeadField
{
    private readonly int _colon;

    internal HeadField(ReadOnlySpan<byte> line, int offset, bool folded)
    {
        Line = line;
        Offset = offset;
        IsFolded = folded;
        _colon = line.IndexOf((byte)':');
    }

    /// <summary>As sent, folds and line ends included.</summary>
    public ReadOnlySpan<byte> Line { get; }

    /// <summary>Counted from the head's first octet.</summary>
    public int Offset { get; }

    public bool IsFolded { get; }

    /// <summary>Without white space around it; empty where there is no colon.</summary>
    public ReadOnlySpan<byte> Name => _colon < 0 ? default : Characters.Trim(Line[.._colon]);

    /// <summary>Without white space around it; in a folded field, line ends stand inside.</summary>
    public ReadOnlySpan<byte> RawValue => (_colon < 0 ? Line : Line[(_colon + 1)..]).Trim(" \t\r\n"u8);

    internal bool HasColon => _colon >= 0;

    /// <summary>Everything before the colon.</summary>
    internal ReadOnlySpan<byte> RawName => _colon < 0 ? default : Line[.._colon];

    /// <summary>Field names are case-insensitive (RFC 9110 §5.1).</summary>
    public bool IsNamed(string name) => Ascii.EqualsIgnoreCase(Name, name);

    /// <summary>The value as Latin-1 text, each fold read as one space (RFC 9112 §5.2).</summary>
    public string Text() => Encoding.Latin1.GetString(IsFolded ? Unfolded() : RawValue);

    /// <summary>The value with each fold, and the white space around it, replaced by one space.</summary>
    internal byte[] Unfolded()
    {
        var raw = RawValue;
        var unfolded = new byte[raw.Length];
        var length = 0;
        while (!raw.IsEmpty)
        {
            var lineEnd = raw.IndexOf(Characters.LineFeed);
            var part = (lineEnd < 0 ? raw : raw[..lineEnd]).Trim(" \t\r"u8);
            if (length > 0 && !part.IsEmpty)
            {
                unfolded[length++] = (byte)' ';
            }

            part.CopyTo(unfolded.AsSpan(length));
            length += part.Length;
            raw = lineEnd < 0 ? default : raw[(lineEnd + 1)..];
        }

        return unfolded[..length];
    }
}
