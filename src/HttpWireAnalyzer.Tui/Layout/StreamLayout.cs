using System.Diagnostics;
using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Streams;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Searching;

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

    /// <summary>The column of the first octet's digits, behind the offset.</summary>
    private const int HexAt = 12;

    /// <summary>Lines of a block stand further in than its head.</summary>
    private const int Indent = 2;

    private static readonly int[] AsciiColumns = [.. Enumerable.Range(0, 0x80).Select(octet => PrintableText.Of(((char)octet).ToString()).Length)];

    private readonly List<StreamBlock> _blocks = [];
    private readonly List<StreamPlace> _places = [];

    /// <summary>The first line of each block.</summary>
    private readonly List<int> _heads = [];
    private readonly StreamForm _form;

    /// <summary>Octets of a line in hexadecimal.</summary>
    private readonly int _perLine;

    private StreamLayout(StreamForm form, int width)
    {
        _form = form;
        _perLine = width >= HexWidth ? 16 : 8;
    }

    public int Count => _places.Count;

    public bool IsHex => _form == StreamForm.Hex;

    public IReadOnlyList<Run> this[int line]
    {
        get
        {
            var place = _places[line];
            var block = _blocks[place.Block];
            return place.Kind switch
            {
                StreamLineKind.Head => [new Run(block.Title, block.Missing > 0 ? Tone.Warning : block.Sender == Side.Client ? Tone.Client : Tone.Server)],
                StreamLineKind.Hex => Hex(block, place),
                StreamLineKind.Masked => [new Run("  " + SecretFields.Masked(Text(place)), Tone.Plain)],
                StreamLineKind.MaskedRest => [new Run("  " + SecretFields.Mask, Tone.Plain)],
                StreamLineKind.Start => [new Run("  " + PrintableText.Of(Text(place)), Tone.Bold)],
                _ => [new Run("  " + PrintableText.Of(Text(place)))],
            };
        }
    }

    /// <param name="side">Only what this side sent; null for both.</param>
    /// <param name="width">Longer lines are broken.</param>
    public static StreamLayout Of(ConnectionDetail detail, StreamForm form, Side? side, int width)
    {
        var layout = new StreamLayout(form, width);
        layout.Gather(detail, side);
        SecretLines[] secrets = [new(), new()];
        for (var block = 0; block < layout._blocks.Count; block++)
        {
            layout._heads.Add(layout.Count);
            layout._places.Add(new StreamPlace(block, 0, 0, StreamLineKind.Head));
            if (layout.IsHex)
            {
                layout.CutHex(block);
            }
            else
            {
                layout.CutLines(block, int.Max(16, width - 2), secrets[(int)layout._blocks[block].Sender]);
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
            found = _places[line].Kind == StreamLineKind.Head ? line : found;
        }

        return found;
    }

    public StreamPlace PlaceAt(int line) => _places[line];

    public StreamBlock BlockAt(int line) => _blocks[_places[line].Block];

    /// <summary>The first line of the block that a line is of.</summary>
    public int HeadOf(int line) => _heads[_places[line].Block];

    /// <summary>The line behind that block.</summary>
    public int EndOf(int line) => _places[line].Block + 1 is var next && next < _heads.Count ? _heads[next] : Count;

    /// <summary>The line with an octet of the block that a line is of.</summary>
    public int LineOfOctet(int line, int at)
    {
        var (low, high) = (HeadOf(line), EndOf(line) - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _places[middle].At <= at ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>Where in the block what a line shows of it ends: a masked value is not shown. What is broken goes on below.</summary>
    public int ShownUpTo(int line) => _places[line] switch
    {
        { Kind: StreamLineKind.Masked } place => place.At + int.Max(0, BlockAt(line).Octets.AsSpan(place.At, place.Length).IndexOf((byte)':')),
        { Kind: StreamLineKind.MaskedRest } place => place.At,
        _ => int.MaxValue,
    };

    /// <summary>The columns in which a line shows octets of its block.</summary>
    public IEnumerable<FoundColumns> ColumnsOf(int line, int from, int to)
    {
        var place = _places[line];
        if (IsHex)
        {
            return FoundColumns.OfOctets(HexAt, HexAt + (3 * _perLine) + (_perLine / 16) + 1, from - place.At, to - place.At);
        }

        var before = Sheet.WidthOf(Shown(place, from));
        return [new FoundColumns(Indent + before, Sheet.WidthOf(Shown(place, to)) - before)];
    }

    /// <summary>A line's text up to an octet.</summary>
    private string Shown(StreamPlace place, int end) =>
        PrintableText.Of(WireText.Of(_blocks[place.Block].Octets.AsSpan(place.At, end - place.At)));

    /// <summary>What one side sent without the other between is one block; in hexadecimal, what one packet brought.</summary>
    private void Gather(ConnectionDetail detail, Side? side)
    {
        foreach (var piece in detail.Pieces.Where(piece => side is null || piece.Sender == side))
        {
            if (!IsHex && piece.Missing == 0 && _blocks is [.., { Missing: 0 } last] && last.Sender == piece.Sender)
            {
                last.Pieces.Add(piece.Octets);
                continue;
            }

            _blocks.Add(new StreamBlock(piece.Sender, piece.Offset, piece.Packet.Number, piece.Missing) { Pieces = { piece.Octets } });
        }

        _blocks.ForEach(block => block.Join());
    }

    private void CutHex(int block)
    {
        for (var at = 0; at < _blocks[block].Octets.Length; at += _perLine)
        {
            _places.Add(new StreamPlace(block, at, int.Min(_perLine, _blocks[block].Octets.Length - at), StreamLineKind.Hex));
        }
    }

    private void CutLines(int block, int width, SecretLines secrets)
    {
        if (_blocks[block].Missing > 0)
        {
            secrets.Skip();
        }

        var octets = _blocks[block].Octets;
        for (var at = 0; at < octets.Length;)
        {
            var length = octets.AsSpan(at).IndexOf((byte)'\n');
            var line = octets.AsSpan(at, length < 0 ? octets.Length - at : length);
            var kind = _form == StreamForm.Http ? KindOf(line, secrets.Take(line, isEnd: length >= 0)) : StreamLineKind.Text;
            AddBroken(block, at, line.TrimEnd((byte)'\r').Length, width, kind, octets);
            at += line.Length + 1;
        }
    }

    private void AddBroken(int block, int at, int length, int width, StreamLineKind kind, byte[] octets)
    {
        if (kind is StreamLineKind.Masked or StreamLineKind.MaskedRest)
        {
            _places.Add(new StreamPlace(block, at, int.Min(length, 80), kind));
            return;
        }

        do
        {
            var part = Fitting(octets.AsSpan(at, length), width);
            _places.Add(new StreamPlace(block, at, part, kind));
            at += part;
            length -= part;
            kind = kind == StreamLineKind.Start ? StreamLineKind.Text : kind;
        }
        while (length > 0);
    }

    /// <summary>How many octets a line shows: letters may be wide, and what is escaped takes several columns.</summary>
    private static int Fitting(ReadOnlySpan<byte> octets, int width)
    {
        var end = 0;
        for (var taken = 0; end < octets.Length;)
        {
            // Not within a letter of several octets (RFC 3629 §3).
            Rune.DecodeFromUtf8(octets[end..], out var letter, out var length);
            taken += letter.IsAscii ? AsciiColumns[letter.Value] : Sheet.WidthOf(PrintableText.Of(WireText.Of(octets.Slice(end, length))));
            if (taken > width && end > 0)
            {
                return end;
            }

            end += length;
        }

        return end;
    }

    private static StreamLineKind KindOf(ReadOnlySpan<byte> line, LineSecrecy secrecy) => secrecy switch
    {
        LineSecrecy.None => SecretLines.IsStart(line) ? StreamLineKind.Start : StreamLineKind.Text,
        LineSecrecy.Value => StreamLineKind.Masked,
        LineSecrecy.Whole => StreamLineKind.MaskedRest,
        _ => throw new UnreachableException(),
    };

    private ReadOnlySpan<byte> OctetsOf(StreamPlace place) => _blocks[place.Block].Octets.AsSpan(place.At, place.Length);

    private string Text(StreamPlace place) => WireText.Of(OctetsOf(place));

    private Run[] Hex(StreamBlock block, StreamPlace place)
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
}
