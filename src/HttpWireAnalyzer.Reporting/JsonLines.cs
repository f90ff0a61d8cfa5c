using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Reporting;

/// <summary>Writes records as JSON, one object a line (ndjson). "schema" and "type" come first.</summary>
/// <remarks>
/// Octets gather in one buffer that goes out when it is full: no allocation a record. The names of members and the
/// words of closed sets are octets that were made once (docs/decisions/0011-json-lines.md).
/// </remarks>
public sealed class JsonLines(Stream output) : FieldSink
{
    /// <summary>Raised only when a field is taken away or changes its meaning. New fields do not raise it.</summary>
    public const int Schema = 1;

    /// <summary>Large enough that writing to a pipe (64 KiB on Linux) is one call.</summary>
    private const int FlushAt = 60 * 1024;

    private static readonly ReadyOctets Opening = new(Encoding.ASCII.GetBytes($"{{\"schema\":{Schema},\"type\":"));
    private static readonly ReadyOctets Closing = new("}\n"u8);
    private static readonly ReadyOctets True = new("true"u8);
    private static readonly ReadyOctets False = new("false"u8);

    /// <summary>What stands in a string as it is: printable ASCII but for the quote and the backslash.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(letter => letter is not ('"' or '\\'))]);

    private readonly AddressWords _addresses = new();
    private byte[] _buffer = new byte[FlushAt + 4096];
    private int _length;

    /// <summary>Between the elements of an array.</summary>
    private bool _first;

    /// <summary>Where the octets of the run go that is being written; null where nobody asked to keep them.</summary>
    private HeadOctets? _kept;
    private HeadRun _run;
    private int _runStart;

    public void Begin(FieldSet fields)
    {
        Append(Opening);
        Append(fields.QuotedType);
    }

    public void End()
    {
        Append(Closing);
        if (_length >= FlushAt)
        {
            Flush();
        }
    }

    public void Flush()
    {
        output.Write(_buffer, 0, _length);
        _length = 0;
        output.Flush();
    }

    public override bool Wants(Field field) => true;

    public override void Text(Field field, string value)
    {
        Append(field.Member);
        AppendString(value);
    }

    public override void Number(Field field, long value)
    {
        var room = RoomBehind(field.Member, DecimalText.MaxLength);
        _length += DecimalText.Write(value, room);
    }

    public override void Flag(Field field, bool value) => Append(field.Member, value ? True : False);

    public override void Word(Field field, Word value) => Append(field.Member, value.Quoted);

    public override void Address(Field field, Address value, string? text = null) =>
        Word(field, _addresses.Of(value, text));

    public override void List(Field field, ReadOnlySpan<Word> values)
    {
        BeginArray(field);
        foreach (var value in values)
        {
            Append(Separator());
            Append(value.Quoted);
        }

        Append("]"u8);
    }

    public override void Numbers(Field field, ReadOnlySpan<long> values)
    {
        BeginArray(field);
        foreach (var value in values)
        {
            Append(Separator());
            _length += DecimalText.Write(value, Room(DecimalText.MaxLength));
        }

        Append("]"u8);
    }

    public override void Texts(Field field, ReadOnlySpan<string> values)
    {
        BeginArray(field);
        foreach (var value in values)
        {
            Append(Separator());
            AppendString(value);
        }

        Append("]"u8);
    }

    public override void Measures(Field field, ReadOnlySpan<Measure> values)
    {
        Append(field.Member);
        Append("{"u8);
        _first = true;
        foreach (var value in values)
        {
            Append(Separator());
            AppendString(value.Name);
            Append(":"u8);
            if (MeasureValue.IsNumber(value))
            {
                _length += DecimalText.Write(value.Value, Room(DecimalText.MaxLength));
            }
            else
            {
                AppendString(MeasureValue.Of(value));
            }
        }

        Append("}"u8);
    }

    public override void Digits(Field field, ReadOnlySpan<byte> value)
    {
        Append(field.Member);
        Append("\""u8);
        Append(value);
        Append("\""u8);
    }

    public override bool Repeats(MessageHead head, HeadRun run)
    {
        _kept = HeadOctets.Of(head, run);
        if (_kept?[run] is { } octets)
        {
            Append(octets);
            return true;
        }

        (_run, _runStart) = (run, _length);
        return false;
    }

    public override void EndRun()
    {
        if (_kept is not null)
        {
            _kept[_run] = new ReadyOctets(_buffer.AsSpan(_runStart.._length));
        }
    }

    /// <summary>In its place at once, between quotes.</summary>
    protected override void Fraction(Field field, long value, int decimals)
    {
        var room = RoomBehind(field.Member, DecimalText.MaxLength + 2);
        room[0] = (byte)'"';
        var written = DecimalText.Write(value, decimals, room[1..]);
        room[written + 1] = (byte)'"';
        _length += written + 2;
    }

    private void BeginArray(Field field)
    {
        Append(field.Member);
        Append("["u8);
        _first = true;
    }

    private ReadOnlySpan<byte> Separator()
    {
        var separator = _first ? ""u8 : ","u8;
        _first = false;
        return separator;
    }

    private void AppendString(string value)
    {
        if (value.AsSpan().ContainsAnyExcept(Plain))
        {
            AppendEscaped(value);
            return;
        }

        var room = Room(value.Length + 2);
        room[0] = (byte)'"';
        Ascii.FromUtf16(value, room[1..], out var written);
        room[written + 1] = (byte)'"';
        _length += written + 2;
    }

    private void AppendEscaped(string value)
    {
        // Characters that HTML would need escaped stay readable; control characters never pass, nor what turns text
        // around, which the relaxed encoder lets through.
        var safe = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(PrintableText.ForJson(value));
        var room = Room(Encoding.UTF8.GetMaxByteCount(safe.Length) + 2);
        room[0] = (byte)'"';
        var written = Encoding.UTF8.GetBytes(safe, room[1..]);
        room[written + 1] = (byte)'"';
        _length += written + 2;
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Room(octets.Length));
        _length += octets.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(ReadyOctets octets)
    {
        octets.CopyTo(Room(octets.Room));
        _length += octets.Length;
    }

    private void Append(ReadyOctets member, ReadyOctets value)
    {
        value.CopyTo(RoomBehind(member, value.Room));
        _length += value.Length;
    }

    /// <summary>Writes the name of a member, and gives so many free octets behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> RoomBehind(ReadyOctets member, int octets)
    {
        var room = Room(member.Room + octets);
        member.CopyTo(room);
        _length += member.Length;
        return room.Slice(member.Length, octets);
    }

    /// <summary>So many free octets of the buffer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int octets)
    {
        if (_buffer.Length - _length < octets)
        {
            Grow(octets);
        }

        // Within the buffer, as the line before says: a slice would check it again, twice for each member.
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), _length), octets);
    }

    private void Grow(int octets) =>
        Array.Resize(ref _buffer, int.Max(2 * _buffer.Length, _length + octets));
}
