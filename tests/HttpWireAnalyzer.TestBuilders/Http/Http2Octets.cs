using System.Buffers.Binary;
using System.Text;

namespace HttpWireAnalyzer.TestBuilders.Http;

/// <summary>Writes frames of HTTP/2, one after the other. Fields are literals without indexing and without Huffman.</summary>
public sealed class Http2Octets
{
    private readonly List<byte> _octets = [];

    public static Http2Octets Begin => new();

    /// <summary>The client's connection preface, and empty SETTINGS.</summary>
    public static Http2Octets Client => new Http2Octets().Text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").Settings();

    public byte[] ToArray() => [.. _octets];

    public int Length => _octets.Count;

    public Http2Octets Text(string text)
    {
        _octets.AddRange(Encoding.Latin1.GetBytes(text));
        return this;
    }

    public Http2Octets Frame(byte type, byte flags, int stream, params ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[9];
        BinaryPrimitives.WriteInt32BigEndian(header, payload.Length << 8);
        header[3] = type;
        header[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(header[5..], stream);
        _octets.AddRange(header);
        _octets.AddRange(payload);
        return this;
    }

    public Http2Octets Settings() => Frame(4, 0, 0);

    public Http2Octets Settings(ushort id, uint value)
    {
        var setting = new byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(setting, id);
        BinaryPrimitives.WriteUInt32BigEndian(setting.AsSpan(2), value);
        return Frame(4, 0, 0, setting);
    }

    public Http2Octets Get(int stream, string path, bool ends = true) =>
        Headers(stream, ends, (":method", "GET"), (":scheme", "http"), (":path", path), (":authority", "a"));

    public Http2Octets Post(int stream, string path) =>
        Headers(stream, false, (":method", "POST"), (":scheme", "http"), (":path", path), (":authority", "a"));

    public Http2Octets Status(int stream, int status, bool ends = false) =>
        Headers(stream, ends, (":status", status.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public Http2Octets Headers(int stream, bool ends, params ReadOnlySpan<(string Name, string Value)> fields) =>
        Frame(1, (byte)(ends ? 5 : 4), stream, Block(fields));

    public Http2Octets Data(int stream, string text, bool ends = false) =>
        Frame(0, (byte)(ends ? 1 : 0), stream, Encoding.Latin1.GetBytes(text));

    public Http2Octets Reset(int stream, uint code) => Frame(3, 0, stream, Number(code));

    public Http2Octets GoAway(uint last, uint code = 0, string debug = "") =>
        Frame(7, 0, 0, [.. Number(last), .. Number(code), .. Encoding.Latin1.GetBytes(debug)]);

    public Http2Octets Ping(byte mark, bool acknowledges = false) =>
        Frame(6, (byte)(acknowledges ? 1 : 0), 0, [mark, 0, 0, 0, 0, 0, 0, 0]);

    public static byte[] Block(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        List<byte> block = [];
        foreach (var (name, value) in fields)
        {
            block.AddRange([0, (byte)name.Length, .. Encoding.Latin1.GetBytes(name)]);
            block.AddRange([(byte)value.Length, .. Encoding.Latin1.GetBytes(value)]);
        }

        return [.. block];
    }

    private static byte[] Number(uint value)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return octets;
    }
}
