using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Reads a value as the kind of the field that it is compared with: 200ms is a duration, not a size.</summary>
internal static class LiteralReader
{
    private static readonly (string Unit, long Factor)[] Sizes =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1),
    ];

    private static readonly (string Unit, long Factor)[] Durations =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("min", 60_000_000_000),
        ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ];

    private static readonly (string Unit, long Factor)[] Shares = [("%", FieldScale.Ratio / 100)];

    /// <summary>Null where the text is no value of the kind; <see cref="WhyNot"/> says what is one.</summary>
    public static NumberRange? Read(FieldKind kind, string text) => kind switch
    {
        FieldKind.Number or FieldKind.Numbers => Hexadecimal(text) ?? (IsOctal(text) ? null : Scaled(text, Sizes, 1)),
        FieldKind.Flag => Truth(text),
        FieldKind.Time => Time(text) ?? Scaled(text, [], Timestamp.NanosecondsPerSecond),
        FieldKind.Duration => Scaled(text, Durations, Timestamp.NanosecondsPerSecond),
        FieldKind.Milliseconds => Scaled(text, Durations, 1_000_000),
        FieldKind.Ratio => Ratio(text),
        FieldKind.Mean => Scaled(text, [], FieldScale.Mean),
        FieldKind.Address => Network(text),
        _ => throw new UnreachableException(),
    };

    /// <summary>Why a text is no value of the kind.</summary>
    public static string WhyNot(FieldKind kind, string text) => kind switch
    {
        FieldKind.Number or FieldKind.Numbers => Wanted("a whole number such as 200, 0x1f, 10kB or 1MiB", text),
        FieldKind.Flag => Wanted("true or false", text),
        FieldKind.Time => Wanted("a time such as \"2026-11-21T10:00:00Z\", or seconds since 1970,", text),
        FieldKind.Duration => Wanted("a duration such as 200ms, 1.5s or 2m", text, "a plain number is seconds"),
        FieldKind.Milliseconds => Wanted("a duration such as 200us or 1.5s", text, "a plain number is milliseconds"),
        FieldKind.Ratio => Wanted("a share such as 0.95 or 95%", text),
        FieldKind.Mean => Wanted("a number with at most four decimals such as 2.5", text),
        FieldKind.Address => Wanted("an address such as 10.0.0.1 or fe80::1, or a network such as 10.0.0.0/8,", text),
        _ => throw new UnreachableException(),
    };

    /// <summary>Why a text is no <see cref="Rate"/>.</summary>
    public static string WhyNoRate(string text) => Wanted("a number a second such as 470/s", text);

    /// <summary>The family of an address or a network, whether it is a good one or not.</summary>
    public static AliasFamily FamilyOf(string address) =>
        address.Contains(':', StringComparison.Ordinal) ? AliasFamily.Ipv6 : AliasFamily.Ipv4;

    /// <summary>
    /// Octets in hexadecimal, as Wireshark takes them: c0:a8, c0-a8, c0.a8, c0a8, 0xc0, and one digit for one octet.
    /// Out they go as c0:a8; null where the text is none.
    /// </summary>
    public static string? Octets(string text)
    {
        var digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        var parts = digits.Length > 2 && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit)
            ? [.. digits.Chunk(2).Select(pair => new string(pair))]
            : digits.Split(':', '-', '.');
        return parts.All(part => part.Length is 1 or 2 && part.All(char.IsAsciiHexDigit))
            ? string.Join(':', parts.Select(part => part.PadLeft(2, '0').ToLowerInvariant()))
            : null;
    }

    /// <summary>A number of records a second, such as 470 or 470/s, in ten-thousandths.</summary>
    public static NumberRange? Rate(string text) => Scaled(text, [("/s", FieldScale.Mean)], FieldScale.Mean);

    /// <summary>
    /// <paramref name="value"/> and what is at most so far from it: a value of the same kind, or a share of the value
    /// itself. Null where the text is neither.
    /// </summary>
    public static NumberRange? Around(FieldKind kind, NumberRange value, string text)
    {
        if (kind is FieldKind.Address or FieldKind.Flag)
        {
            return null;
        }

        // A tolerance of a ratio is in points: 95% ± 2% is 93 % to 97 %.
        var off = text.EndsWith('%') && kind != FieldKind.Ratio
            ? Scaled(text, Shares, FieldScale.Ratio)?.Low * Int128.Abs(value.Low) / FieldScale.Ratio
            : Read(kind == FieldKind.Time ? FieldKind.Duration : kind, text)?.Low;
        return off >= 0 ? new NumberRange(value.Low - off.Value, value.High + off.Value) : null;
    }

    private static string Wanted(string wanted, string text, string more = "") =>
        $"{wanted} is wanted here, not '{text}'{(more.Length == 0 ? "" : $"; {more}")}.";

    private static NumberRange One(Int128 number) => new(number, number);

    private static NumberRange? Truth(string text) =>
        text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase) ? One(1)
        : text == "0" || text.Equals("false", StringComparison.OrdinalIgnoreCase) ? One(0)
        : null;

    /// <summary>010 is eight to Wireshark, and ten to most people: it is refused.</summary>
    private static bool IsOctal(string text) => text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]);

    private static NumberRange? Hexadecimal(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? One(number)
            : null;

    /// <summary>Who writes 95 means 95 %, and a ratio below 95 is every ratio: it would hold of anything.</summary>
    private static NumberRange? Ratio(string text) =>
        Scaled(text, Shares, FieldScale.Ratio) is { } ratio && (text.EndsWith('%') || Int128.Abs(ratio.Low) <= FieldScale.Ratio) ? ratio : null;

    /// <summary>A decimal number and a unit. What is finer than the scale is no value of it.</summary>
    private static NumberRange? Scaled(string text, (string Unit, long Factor)[] units, long plain)
    {
        var unit = Array.Find(units, one => text.EndsWith(one.Unit, StringComparison.Ordinal));
        var factor = unit.Unit is null ? plain : unit.Factor;
        var digits = text.AsSpan(0, text.Length - (unit.Unit?.Length ?? 0));
        if (!decimal.TryParse(
            digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || decimal.Abs(number) > (decimal)long.MaxValue / factor)
        {
            return null;
        }

        var scaled = number * factor;
        return decimal.IsInteger(scaled) ? One((long)scaled) : null;
    }

    /// <summary>ISO 8601 with up to nine decimals; universal time where no zone is given.</summary>
    private static NumberRange? Time(string text)
    {
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ssK"];
        const int SecondsEnd = 19;
        long nanoseconds = 0;
        if (text.Length > SecondsEnd + 1 && text[SecondsEnd] == '.')
        {
            var end = SecondsEnd + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            var digits = text[(SecondsEnd + 1)..end];
            if (digits.Length is 0 or > 9)
            {
                return null;
            }

            nanoseconds = long.Parse(digits.PadRight(9, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
            text = text.Remove(SecondsEnd, end - SecondsEnd);
        }

        if (!DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return null;
        }

        return One((Int128)time.ToUnixTimeSeconds() * Timestamp.NanosecondsPerSecond + nanoseconds);
    }

    private static NumberRange? Network(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var digits = slash < 0 ? text : text[..slash];
        // .NET would take "1" and "0x7f.1" for IPv4, and a zone behind an IPv6 address.
        if (digits.Contains('%', StringComparison.Ordinal)
            || (!digits.Contains(':', StringComparison.Ordinal) && digits.Count(letter => letter == '.') != 3)
            || !IPAddress.TryParse(digits, out var parsed))
        {
            return null;
        }

        var isIpv4 = parsed.AddressFamily == AddressFamily.InterNetwork;
        var width = isIpv4 ? 32 : 128;
        var prefix = width;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > width))
        {
            return null;
        }

        var octets = parsed.MapToIPv6().GetAddressBytes();
        var first = isIpv4 ? Address.FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(octets.AsSpan(12))) : Address.FromIpv6(octets);
        var address = new UInt128(first.High, first.Low);
        var host = prefix == width ? 0 : UInt128.MaxValue >> (128 - (width - prefix));
        return new NumberRange(RangeSet.NumberOf(address & ~host), RangeSet.NumberOf(address | host));
    }
}
