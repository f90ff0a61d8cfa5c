using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Reporting.Packets;

/// <summary>Every packet as a line for people, with the states of both ends.</summary>
/// <param name="time">How the first column counts.</param>
/// <param name="screen">Columns of the screen, which no line is wider than; 0: no screen.</param>
public sealed class PacketText(TextWriter output, TextStyle style, PacketTime time, int screen = 0) : IPacketSink
{
    /// <summary>From so many columns on the ends have room: which they are the connection's number and the arrow say too.</summary>
    private const int Roomy = 110;

    private Timestamp? _first;
    private Timestamp _previous;

    public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{tracked.Connection.Number,5} ");
        text.Append(tracked.Sender == Side.Client ? '▶' : '◀').Append(' ');
        text.Append(CultureInfo.InvariantCulture, $"{StateText.Of(tracked.ClientState, tracked.IsClientAssumed),-12} ");
        text.Append(CultureInfo.InvariantCulture, $"{StateText.Of(tracked.ServerState, tracked.IsServerAssumed),-12} ");
        if (screen is 0 or >= Roomy)
        {
            text.Append(CultureInfo.InvariantCulture, $"{segment.Source} → {segment.Destination}  ");
        }

        text.Append(Flags(segment.Header.Flags));
        if (tracked.Offset >= 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" offset {tracked.Offset}");
        }

        if (segment.PayloadLengthOnWire > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" len {segment.PayloadLengthOnWire}");
        }

        if (tracked.Acknowledged >= 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" acked {tracked.Acknowledged}");
        }

        if (tracked.Window >= 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" win {tracked.Window}");
        }

        Write(segment.Packet, text.ToString(), (segment.Header.Flags & TcpFlags.Rst) != 0 ? style.Error : null);
    }

    public void OnIcmpError(in IcmpError error) => Write(error.Packet, string.Create(
        CultureInfo.InvariantCulture,
        $"      ICMP error type {error.Reason.Type} code {error.Reason.Code} from {error.Reporter}, about {error.QuotedSource} → {error.QuotedDestination}"));

    public void OnOther(PacketRef packet, OtherPacket kind) => Write(
        packet,
        kind switch
        {
            OtherPacket.NotIp => "      not IP",
            OtherPacket.NotTcp => "      not TCP",
            _ => "      IP fragment, held",
        },
        style.Dim);

    public void OnUndecodable(in UndecodablePacket packet)
    {
        var ends = packet.Ends is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.Source} → {known.Destination}  ") : "";
        var error = packet.Error;
        var kind = Words.SnakeCase(error.Kind.ToString()).Replace('_', ' ');
        Write(
            packet.Packet,
            string.Create(CultureInfo.InvariantCulture, $"      {ends}{error.Layer} at octet {error.Offset}: {kind}{Numbers(error)}"),
            style.Warning);
    }

    private static string Numbers(in DecodeError error) => error.Kind switch
    {
        DecodeErrorKind.UnknownLinkType => string.Create(CultureInfo.InvariantCulture, $" {error.Available}"),
        DecodeErrorKind.LengthTooLarge or DecodeErrorKind.TooDeep =>
            string.Create(CultureInfo.InvariantCulture, $", at most {error.Needed}, has {error.Available}"),
        _ => string.Create(CultureInfo.InvariantCulture, $", needs {error.Needed}, has {error.Available}"),
    };

    private static string Flags(TcpFlags flags)
    {
        var text = string.Join(
            ',',
            Enum.GetValues<TcpFlags>().Where(flag => flag != TcpFlags.None && (flags & flag) != 0).Select(flag => flag.ToString().ToUpperInvariant()));
        return text.Length == 0 ? "none" : text;
    }

    private void Write(PacketRef packet, string text, Func<string, string>? styled = null)
    {
        // A filter may have kept packet 1 away.
        var isFirst = _first is null;
        _first ??= packet.Time;
        var shown = time switch
        {
            PacketTime.Absolute => Quantity.Time(packet.Time, Quantity.Microseconds),
            PacketTime.Delta => Quantity.Seconds(isFirst ? 0 : packet.Time.Since(_previous)),
            _ => Quantity.Seconds(packet.Time.Since(_first.Value)),
        };
        _previous = packet.Time;
        var place = string.Create(CultureInfo.InvariantCulture, $"{packet.Number,7} {shown,12} ");
        var line = screen > 0 ? GlyphWidth.Cut(text, screen - place.Length) : text;
        output.WriteLine(place + (styled?.Invoke(line) ?? line));
    }
}

/// <summary>What the time column of a list of packets counts.</summary>
public enum PacketTime : byte
{
    /// <summary>Seconds since the first packet of the list.</summary>
    Relative,

    /// <summary>Seconds since the packet before in the list.</summary>
    Delta,

    /// <summary>Universal time.</summary>
    Absolute,
}
