using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>
/// One connection of a <see cref="Scene"/>, told packet by packet. It keeps sequence numbers, so that a test says only
/// what matters; times are milliseconds from the scene's beginning.
/// </summary>
internal sealed class Talk
{
    /// <summary>Of IPv4 without options.</summary>
    private const int TcpChecksumAt = 36;

    private readonly Scene _scene;
    private readonly Endpoint[] _ends;
    private readonly uint[] _next;
    private readonly uint[] _acknowledged = [0, 0];
    private byte[] _last = [];

    /// <param name="initial">The client's initial sequence number; greater than that of an earlier connection (RFC 9293 §3.4.1).</param>
    public Talk(Scene scene, Endpoint client, Endpoint server, uint initial)
    {
        _next = [initial, initial + 4000];
        _scene = scene;
        _ends = [client, server];
    }

    /// <summary>Its checksums are wrong from now on; null for none.</summary>
    public Side? Damages { get; set; }

    /// <summary>It leaves its checksums to its network card from now on, which wants 0; null for none.</summary>
    public Side? LeavesToCard { get; set; }

    /// <summary>Of both ends.</summary>
    public bool DamagesAll { get; set; }

    /// <summary>Of the IPv4 header, from now on.</summary>
    public ushort Identification { get; set; } = 1;

    /// <summary>SYN, SYN-ACK after <paramref name="front"/>, ACK after <paramref name="back"/> more.</summary>
    public Talk Handshake(double at, double front = 0.2, double back = 0.02)
    {
        Send(Side.Client, at, TcpFlags.Syn, "", options: SynOptions);
        Send(Side.Server, at + front, TcpFlags.Syn | TcpFlags.Ack, "", options: SynOptions);
        return Ack(Side.Client, at + front + back);
    }

    /// <summary>MSS 1460, SACK permitted, window scale 7.</summary>
    public static byte[] SynOptions => [2, 4, 5, 180, 4, 2, 1, 3, 3, 7];

    public Talk Request(double at, string line = "GET /cart", string fields = "", string body = "", string version = "1.1") => Send(
        Side.Client, at, TcpFlags.Ack | TcpFlags.Psh,
        $"{line} HTTP/{version}\r\nHost: app\r\n{fields}{(body.Length > 0 ? Length(body) : "")}\r\n{body}");

    public Talk Response(double at, int status = 200, string fields = "", string body = "hello", string version = "1.1") => Send(
        Side.Server, at, TcpFlags.Ack | TcpFlags.Psh, $"HTTP/{version} {status} OK\r\n{fields}{Length(body)}\r\n{body}");

    /// <summary>A request and its response, <paramref name="takes"/> later.</summary>
    public Talk Exchange(double at, double takes = 1, string line = "GET /cart", string answerFields = "") =>
        Request(at, line).Response(at + takes, fields: answerFields).Ack(Side.Client, at + takes + 0.05);

    public Talk Fin(Side side, double at) => Send(side, at, TcpFlags.Fin | TcpFlags.Ack, "");

    public Talk Ack(Side side, double at) => Send(side, at, TcpFlags.Ack, "");

    /// <param name="flags">RST and ACK unless said otherwise.</param>
    public Talk Rst(Side side, double at, TcpFlags flags = TcpFlags.Rst | TcpFlags.Ack) => Send(side, at, flags, "");

    /// <summary>A keep-alive probe: no octet, one below the next.</summary>
    public Talk Probe(Side side, double at) => Send(side, at, TcpFlags.Ack, "", sequence: _next[(int)side] - 1);

    /// <summary>Octets that the side sent last, again, at these times.</summary>
    public Talk Again(Side side, string payload, params ReadOnlySpan<double> times)
    {
        foreach (var at in times)
        {
            Send(side, at, TcpFlags.Ack | TcpFlags.Psh, payload, sequence: _next[(int)side] - (uint)payload.Length);
        }

        return this;
    }

    /// <summary>The usual request, sent at <paramref name="at"/>, and again at each of the times.</summary>
    public Talk RequestAgain(double at, params ReadOnlySpan<double> times) =>
        Request(at).Again(Side.Client, "GET /cart HTTP/1.1\r\nHost: app\r\n\r\n", times);

    /// <summary>An answer of which the tap missed most, five seconds of idleness, and a request that the server's kernel answers with RST.</summary>
    public Talk RaceBehindAHole() => Handshake(0).Request(0.5).Ack(Side.Server, 0.6)
        .Send(Side.Server, 0.7, TcpFlags.Ack, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        .Lose(Side.Server, 4000).Send(Side.Server, 1, TcpFlags.Ack, new string('x', 1000)).Ack(Side.Client, 2)
        .Request(5002, "POST /order", body: "a=1").Ack(Side.Server, 5002.2).Rst(Side.Server, 5002.5);

    /// <summary>Client FIN, the server's, and the last ACK.</summary>
    public Talk Close(double at, Side first = Side.Client) =>
        Fin(first, at).Fin(first.Other(), at + 0.3).Ack(first, at + 0.4);

    /// <summary>Any segment; without numbers, the next ones.</summary>
    /// <param name="acknowledges">By default all that the other end sent so far.</param>
    public Talk Send(
        Side side,
        double at,
        TcpFlags flags,
        string payload,
        uint? sequence = null,
        uint? acknowledges = null,
        byte[]? options = null,
        ushort window = 65535,
        byte hopLimit = 64)
    {
        var me = (int)side;
        var octets = Encoding.Latin1.GetBytes(payload);
        var number = sequence ?? _next[me];
        var has = (flags & TcpFlags.Ack) != 0;
        _acknowledged[me] = has ? acknowledges ?? _next[1 - me] : _acknowledged[me];
        _last = WithHeader(hopLimit, Identification, FrameBuilder.TcpPacket(
            _ends[me], _ends[1 - me], octets, number, has ? _acknowledged[me] : 0, flags, options, window));
        if (Damages == side || DamagesAll)
        {
            _last[TcpChecksumAt] ^= 0x55;
        }

        if (LeavesToCard == side)
        {
            (_last[TcpChecksumAt], _last[TcpChecksumAt + 1]) = (0, 0);
        }

        _scene.Add(at, FrameBuilder.Ethernet(_last));
        if (sequence is null)
        {
            _next[me] += (uint)octets.Length + ((flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? 1u : 0u);
        }

        return this;
    }

    /// <summary>A router's ICMP error about the last packet.</summary>
    public Talk Icmp(double at, byte type, byte code)
    {
        byte[] message = [type, code, 0, 0, 0, 0, 0, 0, .. _last.AsSpan(0, 28)];
        FrameBuilder.BigEndian((ushort)~FrameBuilder.Checksum(message)).CopyTo(message, 2);
        _scene.Add(at, FrameBuilder.Ethernet(FrameBuilder.Packet(
            FrameBuilder.AddressOf("10.0.0.254"), _ends[0].Address, protocol: 1, message)));
        return this;
    }

    /// <summary>What that side would send next.</summary>
    public uint Next(Side side) => _next[(int)side];

    /// <summary>Octets that the tap does not see.</summary>
    public Talk Lose(Side side, uint octets)
    {
        _next[(int)side] += octets;
        return this;
    }

    private static string Length(string body) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");

    private static byte[] WithHeader(byte hopLimit, ushort identification, byte[] ip)
    {
        if (ip[0] >> 4 == 6)
        {
            return ip;
        }

        FrameBuilder.BigEndian(identification).CopyTo(ip, 4);
        ip[8] = hopLimit;
        (ip[10], ip[11]) = (0, 0);
        FrameBuilder.BigEndian((ushort)~FrameBuilder.Checksum(ip.AsSpan(0, 20))).CopyTo(ip, 10);
        return ip;
    }
}
