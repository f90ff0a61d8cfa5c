using System.Buffers.Binary;

namespace HttpWireAnalyzer.Wire.Tcp;

/// <summary>
/// The options of one segment, read in one pass (RFC 9293 §3.1: kind, length, data). An option that runs past the
/// header ends the list: what came before stays.
/// </summary>
public readonly record struct TcpOptions
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
    public ushort MaximumSegmentSize { get; private init; }

    /// <summary>0 to 14 (RFC 7323 §2.3 caps it); -1 without the option.</summary>
    public sbyte WindowScale { get; private init; }

    public bool SackPermitted { get; private init; }

    public bool HasTimestamps { get; private init; }

    /// <summary>TSval (RFC 7323 §3.2).</summary>
    public uint TimestampValue { get; private init; }

    /// <summary>TSecr (RFC 7323 §3.2).</summary>
    public uint TimestampEcho { get; private init; }

    /// <summary>Multipath TCP is spoken (RFC 8684).</summary>
    public bool Multipath { get; private init; }

    /// <summary>TCP Fast Open, request or cookie, standard (RFC 7413) or experimental kind.</summary>
    public bool FastOpen { get; private init; }

    /// <summary>Blocks in the SACK option: 0 to 4 (RFC 2018 §3).</summary>
    public byte SackBlocks { get; private init; }

    /// <summary>Where the first SACK block stands in the options; meaningful when there is one.</summary>
    public byte SackAt { get; private init; }

    public static TcpOptions Read(ReadOnlySpan<byte> options)
    {
        // The layout of nearly every segment of an established connection: NOP NOP TS.
        if (options.Length == 12 && BinaryPrimitives.ReadUInt32BigEndian(options) == 0x0101080A)
        {
            return new TcpOptions
            {
                WindowScale = -1,
                HasTimestamps = true,
                TimestampValue = BinaryPrimitives.ReadUInt32BigEndian(options[4..]),
                TimestampEcho = BinaryPrimitives.ReadUInt32BigEndian(options[8..]),
            };
        }

        return ReadEach(options);
    }

    /// <summary>The left and right edge of SACK block <paramref name="index"/> in the same options.</summary>
    public (SequenceNumber Left, SequenceNumber Right) SackBlock(ReadOnlySpan<byte> options, int index)
    {
        var block = options.Slice(SackAt + (8 * index), 8);
        return (new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(block)),
            new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(block[4..])));
    }

    private static TcpOptions ReadEach(ReadOnlySpan<byte> options)
    {
        var result = new TcpOptions { WindowScale = -1 };
        var at = 0;
        while (at < options.Length && options[at] != EndOfList)
        {
            if (options[at] == NoOperation)
            {
                at++;
                continue;
            }

            if (at + 1 >= options.Length || options[at + 1] < 2 || at + options[at + 1] > options.Length)
            {
                break;
            }

            var data = options[(at + 2)..(at + options[at + 1])];
            result = (options[at], data.Length) switch
            {
                (MaximumSegmentSizeKind, 2) =>
                    result with { MaximumSegmentSize = BinaryPrimitives.ReadUInt16BigEndian(data) },
                // RFC 7323 §2.3: a shift above 14 is taken as 14.
                (WindowScaleKind, 1) => result with { WindowScale = (sbyte)Math.Min((int)data[0], 14) },
                (SackPermittedKind, 0) => result with { SackPermitted = true },
                (SackKind, 8 or 16 or 24 or 32) =>
                    result with { SackBlocks = (byte)(data.Length / 8), SackAt = (byte)(at + 2) },
                (TimestampsKind, 8) => result with
                {
                    HasTimestamps = true,
                    TimestampValue = BinaryPrimitives.ReadUInt32BigEndian(data),
                    TimestampEcho = BinaryPrimitives.ReadUInt32BigEndian(data[4..]),
                },
                (MultipathKind, _) => result with { Multipath = true },
                (FastOpenKind, _) => result with { FastOpen = true },
                (ExperimentKind, >= 2) when BinaryPrimitives.ReadUInt16BigEndian(data) == FastOpenExperiment =>
                    result with { FastOpen = true },
                _ => result,
            };
            at += options[at + 1];
        }

        return result;
    }
}
