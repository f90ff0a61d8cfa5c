using System.Buffers.Binary;
using System.Globalization;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>A line of a packet's tree: a layer, or a field of one.</summary>
/// <param name="Depth">0 for a layer.</param>
/// <param name="Offset">Octets of the frame before it.</param>
internal readonly record struct PacketField(string Text, int Depth, int Offset, int Length);

/// <summary>The layers of a frame and their fields, each with its octets.</summary>
internal static class PacketTree
{
    public static IReadOnlyList<PacketField> Of(PacketDetail packet)
    {
        var fields = new List<PacketField>();
        var octets = packet.Octets;
        foreach (var layer in FrameLayers.Of(packet.Record with { Offset = 0 }, octets))
        {
            AddLayer(fields, layer, octets.AsSpan(layer.Offset, int.Min(layer.Length, octets.Length - layer.Offset)), packet);
        }

        return fields;
    }

    private static void AddLayer(List<PacketField> fields, FrameLayer layer, ReadOnlySpan<byte> octets, PacketDetail packet)
    {
        var at = layer.Offset;
        switch (layer.Kind)
        {
            case LayerKind.Ethernet when octets.Length >= 14:
                Add(fields, "Ethernet", 0, at, 14);
                Add(fields, "destination " + Mac(octets), 1, at, 6);
                Add(fields, "source      " + Mac(octets[6..]), 1, at + 6, 6);
                Add(fields, $"type        0x{U16(octets, 12):x4}", 1, at + 12, 2);
                break;
            case LayerKind.Vlan when octets.Length >= 4:
                Add(fields, $"VLAN {U16(octets, 0) & 0xFFF}", 0, at, 4);
                break;
            case LayerKind.Ipv4 when octets.Length >= 20:
                AddIpv4(fields, at, octets);
                break;
            case LayerKind.Ipv6 when octets.Length >= 40:
                AddIpv6(fields, at, octets);
                break;
            case LayerKind.Tcp when octets.Length >= 20:
                AddTcp(fields, at, octets, packet);
                break;
            case LayerKind.Payload:
                Add(fields, $"payload, {octets.Length} octets", 0, at, octets.Length);
                AddPayload(fields, at, octets);
                break;
            default:
                Add(fields, $"{NameOf(layer.Kind)}, {octets.Length} octets", 0, at, octets.Length);
                break;
        }
    }

    private static string NameOf(LayerKind kind) => kind switch
    {
        LayerKind.Link => "the tap's header",
        LayerKind.Ipv6Extension => "IPv6 extension header",
        LayerKind.ProviderBackbone => "provider backbone tag",
        LayerKind.SwitchTag => "switch's tag",
        LayerKind.Wireless => "802.11",
        _ => kind.ToString().ToUpperInvariant(),
    };

    private static void AddIpv4(List<PacketField> fields, int at, ReadOnlySpan<byte> octets)
    {
        var source = Address.FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(octets[12..]));
        var destination = Address.FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(octets[16..]));
        var fragment = U16(octets, 6);
        Add(fields, $"IPv4 {source} → {destination}", 0, at, octets.Length);
        Add(fields, $"header      {octets.Length} octets", 1, at, 1);
        Add(fields, $"DSCP        {octets[1] >> 2}, ECN {octets[1] & 3}", 1, at + 1, 1);
        Add(fields, $"length      {U16(octets, 2)}", 1, at + 2, 2);
        Add(fields, $"id          0x{U16(octets, 4):x4}", 1, at + 4, 2);
        Add(fields, $"fragment    {((fragment & 0x4000) != 0 ? "may not" : "may")}{((fragment & 0x2000) != 0 ? ", more follow" : "")}, offset {(fragment & 0x1FFF) * 8}", 1, at + 6, 2);
        Add(fields, $"TTL         {octets[8]}", 1, at + 8, 1);
        Add(fields, $"protocol    {octets[9]}", 1, at + 9, 1);
        Add(fields, $"checksum    0x{U16(octets, 10):x4}", 1, at + 10, 2);
        Add(fields, $"source      {source}", 1, at + 12, 4);
        Add(fields, $"destination {destination}", 1, at + 16, 4);
        AddIf(fields, octets.Length > 20, "options", 1, at + 20, octets.Length - 20);
    }

    private static void AddIpv6(List<PacketField> fields, int at, ReadOnlySpan<byte> octets)
    {
        var source = Address.FromIpv6(octets[8..]);
        var destination = Address.FromIpv6(octets[24..]);
        Add(fields, $"IPv6 {source} → {destination}", 0, at, 40);
        Add(fields, $"traffic     {(U16(octets, 0) >> 4) & 0xFF}", 1, at, 2);
        Add(fields, $"flow        0x{BinaryPrimitives.ReadUInt32BigEndian(octets) & 0xFFFFF:x5}", 1, at + 1, 3);
        Add(fields, $"length      {U16(octets, 4)}", 1, at + 4, 2);
        Add(fields, $"next header {octets[6]}", 1, at + 6, 1);
        Add(fields, $"hop limit   {octets[7]}", 1, at + 7, 1);
        Add(fields, $"source      {source}", 1, at + 8, 16);
        Add(fields, $"destination {destination}", 1, at + 24, 16);
    }

    private static void AddTcp(List<PacketField> fields, int at, ReadOnlySpan<byte> octets, PacketDetail packet)
    {
        if (!TcpHeader.TryParse(octets, out var header, out var length, out _))
        {
            return;
        }

        var tracked = packet.Tracked;
        Add(fields, $"TCP {header.SourcePort} → {header.DestinationPort} {FlagText(header.Flags)}", 0, at, octets.Length);
        Add(fields, $"source      {header.SourcePort}", 1, at, 2);
        Add(fields, $"destination {header.DestinationPort}", 1, at + 2, 2);
        Add(fields, $"sequence    {header.Sequence.Value}{(packet.Sender is not null && tracked.Offset >= 0 ? $", offset {tracked.Offset}" : "")}", 1, at + 4, 4);
        Add(fields, $"acknowledges {header.Acknowledgment.Value}{(packet.Sender is not null && tracked.Acknowledged >= 0 ? $", octet {tracked.Acknowledged}" : "")}", 1, at + 8, 4);
        Add(fields, $"header      {length} octets", 1, at + 12, 1);
        Add(fields, $"flags       {FlagText(header.Flags)}", 1, at + 12, 2);
        Add(fields, $"window      {header.Window}{(packet.Sender is not null && tracked.Window >= 0 ? $", scaled {tracked.Window}" : "")}", 1, at + 14, 2);
        Add(fields, $"checksum    0x{header.Checksum:x4}", 1, at + 16, 2);
        Add(fields, $"urgent      {header.UrgentPointer}", 1, at + 18, 2);
        AddOptions(fields, at + 20, header.Options);
    }

    private static void AddOptions(List<PacketField> fields, int at, ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty)
        {
            return;
        }

        var options = TcpOptions.Read(octets);
        Add(fields, $"options     {octets.Length} octets", 1, at, octets.Length);
        AddIf(fields, options.MaximumSegmentSize > 0, $"MSS {options.MaximumSegmentSize}", 2, at, octets.Length);
        AddIf(fields, options.WindowScale >= 0, $"window scale {options.WindowScale}", 2, at, octets.Length);
        AddIf(fields, options.SackPermitted, "SACK permitted", 2, at, octets.Length);
        AddIf(fields, options.HasTimestamps, $"timestamps {options.TimestampValue}, echoes {options.TimestampEcho}", 2, at, octets.Length);
        for (var i = 0; i < options.SackBlocks; i++)
        {
            var (left, right) = options.SackBlock(octets, i);
            Add(fields, $"SACK {left.Value} to {right.Value}", 2, at + options.SackAt + (8 * i), 8);
        }

        AddIf(fields, options.FastOpen, "fast open", 2, at, octets.Length);
        AddIf(fields, options.Multipath, "multipath", 2, at, octets.Length);
    }

    /// <summary>The lines of a head, where the payload begins with one.</summary>
    private static void AddPayload(List<PacketField> fields, int at, ReadOnlySpan<byte> octets)
    {
        const int MostLines = 64;
        for (var lines = 0; lines < MostLines && octets.IndexOf((byte)'\n') is > 0 and var end; lines++)
        {
            var line = octets[..end].TrimEnd((byte)'\r');
            if (line.IsEmpty || line.ContainsAnyExceptInRange((byte)'\t', (byte)'~') || (lines == 0 && line.IndexOf("HTTP/"u8) < 0))
            {
                return;
            }

            Add(fields, PrintableText.Of(WireText.Of(line)), 1, at, end + 1);
            octets = octets[(end + 1)..];
            at += end + 1;
        }
    }

    public static string FlagText(TcpFlags flags)
    {
        var text = new List<string>(4);
        foreach (var flag in Enum.GetValues<TcpFlags>())
        {
            if (flag != TcpFlags.None && (flags & flag) != 0)
            {
                text.Add(flag.ToString().ToUpperInvariant());
            }
        }

        return text.Count == 0 ? "none" : string.Join(',', text);
    }

    private static void AddIf(List<PacketField> fields, bool isThere, string text, int depth, int offset, int length)
    {
        if (isThere)
        {
            Add(fields, text, depth, offset, length);
        }
    }

    private static void Add(List<PacketField> fields, FormattableString text, int depth, int offset, int length) =>
        Add(fields, text.ToString(CultureInfo.InvariantCulture), depth, offset, length);

    private static void Add(List<PacketField> fields, string text, int depth, int offset, int length) =>
        fields.Add(new PacketField(text, depth, offset, length));

    private static int U16(ReadOnlySpan<byte> octets, int at) => BinaryPrimitives.ReadUInt16BigEndian(octets[at..]);

    private static string Mac(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(octets[..1]) + string.Concat(
        octets[1..6].ToArray().Select(octet => ":" + octet.ToString("x2", CultureInfo.InvariantCulture)));
}
