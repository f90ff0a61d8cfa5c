using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>
/// The options of one segment, read in one pass (RFC 9293 §3.1: kind, length, data). An option that runs past the
/// header ends the list: what came before stays.
/// </summary>
public record struct TcpOptions
{
    private const byte EndOfList = 0;
    private const byte NoOperation = 1;
    private const byte MaximumSegmentSizeKind = 2;
    private const byte WindowScaleKind = 3;
    private const byte SackPermittedKind = 4;
    private const byte SackKind = 5;
    private const byte TimestampsKind = 8;
    private const byte MultipathKind = 30;
    private const byte FastOpenKind = 34;
    private const byte ExperimentKind = 254;
    private const ushort FastOpenExperiment = 0xF989;

    /// <summary>Octets; 0 without the option.</summary>
    public ushort MaximumSegmentSize { get; private set; }

    /// <summary>0 to 14 (RFC 7323 §2.3 caps it); -1 without the option.</summary>
    public sbyte WindowScale { get; private set; }

    public bool SackPermitted { get; private set; }

    public bool HasTimestamps { get; private set; }

    /// <summary>TSval (RFC 7323 §3.2).</summary>
    public uint TimestampValue { get; private set; }

    /// <summary>TSecr (RFC 7323 §3.2).</summary>
    public uint TimestampEcho { get; private set; }

    /// <summary>Multipath TCP is spoken (RFC 8684).</summary>
    public bool Multipath { get; private set; }

    /// <summary>TCP Fast Open, request or cookie, standard (RFC 7413) or experimental kind.</summary>
    public bool FastOpen { get; private set; }

    /// <summary>Blocks in the SACK option: 0 to 4 (RFC 2018 §3).</summary>
    public byte SackBlocks { get; private set; }

    /// <summary>Where the first SACK block stands in the options; meaningful when there is one.</summary>
    public byte SackAt { get; private set; }

    public static TcpOptions Read(ReadOnlySpan<byte> options)
    {
        if (options.IsEmpty)
        {
            return new TcpOptions { WindowScale = -1 };
        }

        if (IsTimestampsAlone(options))
        {
            return new TcpOptions
            {
                WindowScale = -1,
                HasTimestamps = true,
                TimestampValue = BinaryPrimitives.ReadUInt32BigEndian(options[4..]),
                TimestampEcho = BinaryPrimitives.ReadUInt32BigEndian(options[8..]),
            };
        }

        return IsUsualOfSyn(options)
            ? new TcpOptions
            {
                MaximumSegmentSize = BinaryPrimitives.ReadUInt16BigEndian(options[2..]),
                WindowScale = ScaleOf(options[19]),
                SackPermitted = true,
                HasTimestamps = true,
                TimestampValue = BinaryPrimitives.ReadUInt32BigEndian(options[8..]),
                TimestampEcho = BinaryPrimitives.ReadUInt32BigEndian(options[12..]),
            }
            : ReadEach(options);
    }

    /// <summary>Whether a glance leaves it open that there is a SACK option: not where nothing is there, or timestamps alone.</summary>
    public static bool MayHaveSack(ReadOnlySpan<byte> options) => !options.IsEmpty && !IsTimestampsAlone(options);

    // The layout of nearly every segment of an established connection: NOP NOP TS.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsTimestampsAlone(ReadOnlySpan<byte> options) =>
        options.Length == 12 && BinaryPrimitives.ReadUInt32BigEndian(options) == 0x0101080A;

    /// <summary>The left and right edge of SACK block <paramref name="index"/> in the same options.</summary>
    public readonly (SequenceNumber Left, SequenceNumber Right) SackBlock(ReadOnlySpan<byte> options, int index)
    {
        var block = options.Slice(SackAt + (8 * index), 8);
        return (new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(block)),
            new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(block[4..])));
    }

    // The layout of Linux's SYNs: MSS, SACK permitted, TS, NOP, window scale.
    private static bool IsUsualOfSyn(ReadOnlySpan<byte> options) =>
        options.Length == 20
        && BinaryPrimitives.ReadUInt16BigEndian(options) == 0x0204
        && BinaryPrimitives.ReadUInt32BigEndian(options[4..]) == 0x0402080A
        && BinaryPrimitives.ReadUInt32BigEndian(options[16..]) >> 8 == 0x010303;

    // RFC 7323 §2.3: a shift above 14 is taken as 14.
    private static sbyte ScaleOf(byte shift) => (sbyte)Math.Min((int)shift, 14);

    private static TcpOptions ReadEach(ReadOnlySpan<byte> options)
    {
        var result = new TcpOptions { WindowScale = -1 };
        var at = 0;
        while (at < options.Length && options[at] != EndOfList)
        {
            var kind = options[at];
            if (kind == NoOperation)
            {
                at++;
                continue;
            }

            if (at + 1 >= options.Length || options[at + 1] < 2 || at + options[at + 1] > options.Length)
            {
                break;
            }

            var length = options[at + 1];
            result.Take(kind, options.Slice(at + 2, length - 2), at + 2);
            at += length;
        }

        return result;
    }

    // One of another length than its RFC gives it is none.
    private void Take(byte kind, ReadOnlySpan<byte> data, int dataAt)
    {
        switch (kind)
        {
            case MaximumSegmentSizeKind when data.Length == 2:
                MaximumSegmentSize = BinaryPrimitives.ReadUInt16BigEndian(data);
                break;
            case WindowScaleKind when data.Length == 1:
                WindowScale = ScaleOf(data[0]);
                break;
            case SackPermittedKind when data.Length == 0:
                SackPermitted = true;
                break;
            case SackKind when data.Length is 8 or 16 or 24 or 32:
                SackBlocks = (byte)(data.Length / 8);
                SackAt = (byte)dataAt;
                break;
            case TimestampsKind when data.Length == 8:
                HasTimestamps = true;
                TimestampValue = BinaryPrimitives.ReadUInt32BigEndian(data);
                TimestampEcho = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
                break;
            case MultipathKind:
                Multipath = true;
                break;
            case FastOpenKind:
                FastOpen = true;
                break;
            case ExperimentKind when data.Length >= 2:
                FastOpen |= BinaryPrimitives.ReadUInt16BigEndian(data) == FastOpenExperiment;
                break;
            default:
                break;
        }
    }
}
