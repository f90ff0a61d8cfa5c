using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Streams;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>How the octets of a stream are shown.</summary>
internal enum StreamForm : byte
{
    /// <summary>Lines of text; the values of fields that carry secrets are masked.</summary>
    Http,

    /// <summary>Lines of text, as sent.</summary>
    Text,
    Hex,
}

/// <summary>
/// The streams of a connection as lines. Only where lines begin is kept; the text of one is made when it is shown.
/// </summary>
internal sealed class StreamLayout
{
    /// <summary>Offset, sixteen octets in hexadecimal, and as letters.</summary>
    private const int HexWidth = 78;

    private readonly List<Block> _blocks = [];
    private readonly List<Place> _places = [];
    private readonly StreamForm _form;

    /// <summary>Octets of a line in hexadecimal.</summary>
    private readonly int _perLine;

    private StreamLayout(StreamForm form, int width)
    {
        _form = form;
        _perLine = width >= HexWidth ? 16 : 8;
    }

    public int Count => _places.Count;

    public IReadOnlyList<Run> this[int line]
    {
        get
        {
            var place = _places[line];
            var block = _blocks[place.Block];
            return place.Kind switch
            {
                LineKind.Head => [new Run(block.Title, block.Missing > 0 ? Tone.Warning : block.Sender == Side.Client ? Tone.Client : Tone.Server)],
                LineKind.Hex => Hex(block, place),
                LineKind.Masked => [new Run("  " + SecretFields.Masked(Text(block, place)), Tone.Plain)],
                LineKind.MaskedRest => [new Run("  " + SecretFields.Mask, Tone.Plain)],
                LineKind.Start => [new Run("  " + PrintableText.Of(Text(block, place)), Tone.Bold)],
                _ => [new Run("  " + PrintableText.Of(Text(block, place)))],
            };
        }
    }

    /// <param name="side">Only what this side sent; null for both.</param>
    /// <param name="width">Longer lines are broken, in octets.</param>
    public static StreamLayout Of(ConnectionDetail detail, StreamForm form, Side? side, int width)
    {
        var layout = new StreamLayout(form, width);
        layout.Gather(detail, side);
        for (var block = 0; block < layout._blocks.Count; block++)
        {
            layout._places.Add(new Place(block, 0, 0, LineKind.Head));
            if (form == StreamForm.Hex)
            {
                layout.CutHex(block);
            }
            else
            {
                layout.CutLines(block, int.Max(16, width - 2));
            }
        }

        return layout;
    }

    /// <summary>The line with the packet's first octets; the nearest before it where it brought none.</summary>
    public int LineOf(long frame)
    {
        var found = 0;
        for (var line = 0; line < _places.Count && _blocks[_places[line].Block].Frame <= frame; line++)
        {
            found = _places[line].Kind == LineKind.Head ? line : found;
        }

        return found;
    }

    /// <summary>What one side sent without the other between is one block; in hexadecimal, what one packet brought.</summary>
    private void Gather(ConnectionDetail detail, Side? side)
    {
        foreach (var piece in detail.Pieces.Where(piece => side is null || piece.Sender == side))
        {
            if (_form != StreamForm.Hex && piece.Missing == 0 && _blocks is [.., { Missing: 0 } last] && last.Sender == piece.Sender)
            {
                last.Pieces.Add(piece.Octets);
                continue;
            }

            _blocks.Add(new Block(piece.Sender, piece.Offset, piece.Packet.Number, piece.Missing) { Pieces = { piece.Octets } });
        }

        _blocks.ForEach(block => block.Join());
    }

    private void CutHex(int block)
    {
        for (var at = 0; at < _blocks[block].Octets.Length; at += _perLine)
        {
            _places.Add(new Place(block, at, int.Min(_perLine, _blocks[block].Octets.Length - at), LineKind.Hex));
        }
    }

    private void CutLines(int block, int width)
    {
        var octets = _blocks[block].Octets;
        var isSecret = false;
        for (var at = 0; at < octets.Length;)
        {
            var length = octets.AsSpan(at).IndexOf((byte)'\n');
            var line = octets.AsSpan(at, length < 0 ? octets.Length - at : length);
            var kind = KindOf(line, ref isSecret);
            AddBroken(block, at, line.TrimEnd((byte)'\r').Length, width, kind, octets);
            at += line.Length + 1;
        }
    }

    private void AddBroken(int block, int at, int length, int width, LineKind kind, byte[] octets)
    {
        if (kind is LineKind.Masked or LineKind.MaskedRest)
        {
            _places.Add(new Place(block, at, int.Min(length, 80), kind));
            return;
        }

        do
        {
            var part = int.Min(length, width);
            // Not within a letter of several octets (RFC 3629 §3).
            for (var back = 0; part < length && back < 3 && part > 1 && (octets[at + part] & 0xC0) == 0x80; back++)
            {
                part--;
            }

            _places.Add(new Place(block, at, part, kind));
            at += part;
            length -= part;
            kind = kind == LineKind.Start ? LineKind.Text : kind;
        }
        while (length > 0);
    }

    private LineKind KindOf(ReadOnlySpan<byte> line, ref bool isSecret)
    {
        if (_form != StreamForm.Http)
        {
            return LineKind.Text;
        }

        // RFC 9112 §5.2: a folded line is as secret as its beginning.
        if (isSecret && line is [(byte)' ' or (byte)'\t', ..])
        {
            return LineKind.MaskedRest;
        }

        var colon = line.IndexOf((byte)':');
        var text = colon is > 0 and < 40 ? Encoding.Latin1.GetString(line[..(colon + 1)]) : "";
        isSecret = text.Length > 0 && !ReferenceEquals(SecretFields.Masked(text), text);
        return isSecret ? LineKind.Masked
            : line.StartsWith("HTTP/1."u8) || line.TrimEnd((byte)'\r').EndsWith(" HTTP/1.1"u8) || line.TrimEnd((byte)'\r').EndsWith(" HTTP/1.0"u8) ? LineKind.Start
            : LineKind.Text;
    }

    private static string Text(Block block, Place place)
    {
        var octets = block.Octets.AsSpan(place.At, place.Length);
        return System.Text.Unicode.Utf8.IsValid(octets) ? Encoding.UTF8.GetString(octets) : Encoding.Latin1.GetString(octets);
    }

    private Run[] Hex(Block block, Place place)
    {
        var octets = block.Octets.AsSpan(place.At, place.Length);
        var hex = new StringBuilder(_perLine * 3 + 2);
        var letters = new StringBuilder(_perLine);
        for (var i = 0; i < _perLine; i++)
        {
            hex.Append(i == 8 ? "  " : " ");
            hex.Append(i < octets.Length ? octets[i].ToString("x2", CultureInfo.InvariantCulture) : "  ");
            letters.Append(i >= octets.Length ? ' ' : octets[i] is >= 0x20 and < 0x7F ? (char)octets[i] : '.');
        }

        return
        [
            new Run(string.Create(CultureInfo.InvariantCulture, $"  {block.Offset + place.At:x8} "), Tone.Dim),
            new Run(hex.ToString()),
            new Run("  " + letters, block.Sender == Side.Client ? Tone.Client : Tone.Server),
        ];
    }

    private enum LineKind : byte
    {
        Head,
        Text,
        Start,
        Masked,
        MaskedRest,
        Hex,
    }

    private readonly record struct Place(int Block, int At, int Length, LineKind Kind);

    private sealed class Block(Side sender, long offset, long frame, long missing)
    {
        public Side Sender { get; } = sender;

        public long Offset { get; } = offset;

        public long Frame { get; } = frame;

        public long Missing { get; } = missing;

        public List<byte[]> Pieces { get; } = [];

        public byte[] Octets { get; private set; } = [];

        public string Title => string.Create(
            CultureInfo.InvariantCulture,
            $"{(Sender == Side.Client ? "▶ client" : "◀ server")} #{Frame} offset {Offset}")
            + (Missing > 0 ? string.Create(CultureInfo.InvariantCulture, $": {Missing} octets not captured") : "");

        public void Join()
        {
            Octets = Pieces.Count == 1 ? Pieces[0] : [.. Pieces.SelectMany(piece => piece)];
            Pieces.Clear();
        }
    }
}
