using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting;

/// <summary>Writes records as JSON, one object a line (ndjson). "schema" and "type" come first.</summary>
/// <remarks>Octets gather in one buffer that goes out when it is full: no allocation a record.</remarks>
public sealed class JsonLines : FieldSink, IDisposable
{
    /// <summary>Raised only when a field is taken away or changes its meaning. New fields do not raise it.</summary>
    public const int Schema = 1;

    /// <summary>Large enough that writing to a pipe (64 KiB on Linux) is one call.</summary>
    private const int FlushAt = 60 * 1024;

    private static readonly JsonEncodedText SchemaName = JsonEncodedText.Encode("schema");
    private static readonly JsonEncodedText TypeName = JsonEncodedText.Encode("type");

    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt + 4096);
    private readonly Utf8JsonWriter _json;

    public JsonLines(Stream output)
    {
        _output = output;
        // Characters that HTML would need escaped stay readable; control characters never pass.
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            SkipValidation = true,
        });
    }

    public void Begin(FieldSet fields)
    {
        _json.WriteStartObject();
        _json.WriteNumber(SchemaName, Schema);
        _json.WriteString(TypeName, fields.EncodedType);
    }

    public void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }

    public void Flush()
    {
        _output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        _output.Flush();
    }

    public void Dispose() => _json.Dispose();

    public override bool Wants(Field field) => true;

    public override void Text(Field field, string value)
    {
        // The relaxed encoder lets format characters through, among them those that turn text around.
        _json.WriteString(field.Encoded, PrintableText.WithoutBidi(value));
    }

    public override void Number(Field field, long value) => _json.WriteNumber(field.Encoded, value);

    public override void Flag(Field field, bool value) => _json.WriteBoolean(field.Encoded, value);

    public override void Word(Field field, Word value) => _json.WriteString(field.Encoded, value.Encoded);

    public override void List(Field field, ReadOnlySpan<Word> values)
    {
        _json.WriteStartArray(field.Encoded);
        foreach (var value in values)
        {
            _json.WriteStringValue(value.Encoded);
        }

        _json.WriteEndArray();
    }

    public override void Numbers(Field field, ReadOnlySpan<long> values)
    {
        _json.WriteStartArray(field.Encoded);
        foreach (var value in values)
        {
            _json.WriteNumberValue(value);
        }

        _json.WriteEndArray();
    }

    public override void Texts(Field field, ReadOnlySpan<string> values)
    {
        _json.WriteStartArray(field.Encoded);
        foreach (var value in values)
        {
            _json.WriteStringValue(PrintableText.WithoutBidi(value));
        }

        _json.WriteEndArray();
    }

    public override void Digits(Field field, ReadOnlySpan<byte> value) => _json.WriteString(field.Encoded, value);
}
