using System.Buffers.Binary;
using System.Text;

namespace HttpWireAnalyzer.TestBuilders.Http;

/// <summary>Frames of a WebSocket (RFC 6455 §5.2), right or, with the arguments for it, wrong.</summary>
public static class WebSocketFrames
{
    public const string Ask = "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    /// <summary>RFC 6455 §1.3 has the key of <see cref="Ask"/> and this answer to it.</summary>
    public const string Switched = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

    private static readonly byte[] Key = [0x37, 0xFA, 0x21, 0x3D];

    /// <param name="first">FIN, reserved bits and opcode.</param>
    /// <param name="lengthOctets">Of the extended length: 0, 2 or 8; -1 for as many as needed.</param>
    public static byte[] Frame(byte first, ReadOnlySpan<byte> payload, bool masked, int lengthOctets = -1)
    {
        lengthOctets = lengthOctets >= 0 ? lengthOctets : payload.Length switch { <= 125 => 0, <= ushort.MaxValue => 2, _ => 8 };
        var frame = new byte[2 + lengthOctets + (masked ? Key.Length : 0) + payload.Length];
        frame[0] = first;
        frame[1] = (byte)((masked ? 0x80 : 0) | lengthOctets switch { 0 => payload.Length, 2 => 126, _ => 127 });
        var rest = frame.AsSpan(2);
        if (lengthOctets == 2)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)payload.Length);
        }
        else if (lengthOctets == 8)
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, payload.Length);
        }

        rest = rest[lengthOctets..];
        if (masked)
        {
            Key.CopyTo(rest);
            rest = rest[Key.Length..];
        }

        for (var at = 0; at < payload.Length; at++)
        {
            rest[at] = (byte)(payload[at] ^ (masked ? Key[at % Key.Length] : 0));
        }

        return frame;
    }

    public static byte[] Text(string text, bool masked) => Frame(0x81, Encoding.UTF8.GetBytes(text), masked);

    public static byte[] Ping(string text, bool masked) => Frame(0x89, Encoding.UTF8.GetBytes(text), masked);

    public static byte[] Pong(string text, bool masked) => Frame(0x8A, Encoding.UTF8.GetBytes(text), masked);

    public static byte[] Close(int code, string reason, bool masked) =>
        Frame(0x88, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)], masked);
}
