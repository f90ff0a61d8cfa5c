using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;

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

    /// <summary>A sign and nineteen digits, or twenty-one with quotes and a point around a fraction.</summary>
    private const int MaxNumberLength = 40;

    /// <summary>What stands in a string as it is: printable ASCII but for the quote and the backslash.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(letter => letter is not ('"' or '\\'))]);

    private byte[] _buffer = new byte[FlushAt + 4096];
    private int _length;

    /// <summary>Between the elements of an array.</summary>
    private bool _first;

    public void Begin(FieldSet fields)
    {
        Append("{\"schema\":1,\"type\":"u8);
        Append(fields.QuotedType);
    }

    public void End()
    {
        Append("}\n"u8);
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

    public override void Number(Field field, long value) => AppendNumber(field.Member, value);

    public override void Flag(Field field, bool value) => Append(field.Member, value ? "true"u8 : "false"u8);

    public override void Word(Field field, Word value) => Append(field.Member, value.Quoted);

    public override void List(Field field, ReadOnlySpan<Word> values)
    {
        BeginArray(field);
        foreach (var value in values)
        {
            Append(Separator(), value.Quoted);
        }

        Append("]"u8);
    }

    public override void Numbers(Field field, ReadOnlySpan<long> values)
    {
        BeginArray(field);
        foreach (var value in values)
        {
            AppendNumber(Separator(), value);
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

    public override void Digits(Field field, ReadOnlySpan<byte> value)
    {
        var member = field.Member;
        var room = Room(member.Length + value.Length + 2);
        member.CopyTo(room);
        room[member.Length] = (byte)'"';
        value.CopyTo(room[(member.Length + 1)..]);
        room[member.Length + 1 + value.Length] = (byte)'"';
        _length += member.Length + value.Length + 2;
    }

    private void BeginArray(Field field)
    {
        Append(field.Member, "["u8);
        _first = true;
    }

    private ReadOnlySpan<byte> Separator()
    {
        var separator = _first ? ""u8 : ","u8;
        _first = false;
        return separator;
    }

    private void AppendNumber(ReadOnlySpan<byte> before, long value)
    {
        var room = Room(before.Length + MaxNumberLength);
        before.CopyTo(room);
        value.TryFormat(room[before.Length..], out var written);
        _length += before.Length + written;
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
        var safe = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(PrintableText.WithoutBidi(value));
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

    private void Append(ReadOnlySpan<byte> before, ReadOnlySpan<byte> octets)
    {
        var room = Room(before.Length + octets.Length);
        before.CopyTo(room);
        octets.CopyTo(room[before.Length..]);
        _length += before.Length + octets.Length;
    }

    /// <summary>The free part of the buffer, of at least so many octets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int octets)
    {
        if (_buffer.Length - _length < octets)
        {
            Grow(octets);
        }

        return _buffer.AsSpan(_length);
    }

    private void Grow(int octets) =>
        Array.Resize(ref _buffer, int.Max(2 * _buffer.Length, _length + octets));
}
