using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>What -a and -b say, in dumpcap's words: duration:60, filesize:1000, packets:500, files:5.</summary>
internal sealed record FileCriteria(TimeSpan? Duration, long? Octets, long? Packets, int? Files)
{
    private static readonly string[] Names = ["duration", "filesize", "packets", "files"];

    /// <summary>dumpcap's kB; a unit (100MB) overrides it.</summary>
    private const long PlainSizeUnit = 1000;

    /// <summary>Of each kind the least, where one is given twice.</summary>
    /// <exception cref="UsageException">One is none of the four.</exception>
    public static FileCriteria Of(string option, IEnumerable<string> given) =>
        given.Select(one => One(option, one)).Aggregate(new FileCriteria(null, null, null, null), (all, one) => all.And(one));

    private static FileCriteria One(string option, string given)
    {
        var colon = given.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? given : given[..colon];
        var value = colon < 0 ? "" : given[(colon + 1)..];
        var one = name switch
        {
            "duration" => new FileCriteria(DurationOf(value), null, null, null),
            "filesize" => new FileCriteria(null, SizeOf(value), null, null),
            "packets" => new FileCriteria(null, null, Arguments.Count(value), null),
            "files" => new FileCriteria(null, null, null, (int?)Arguments.Count(value, int.MaxValue)),
            _ => throw new UsageException(
                $"{option} takes {string.Join(", ", Names.Select(known => known + ":N"))}, not '{given}'.{Suggestion.For(name, Names)}"),
        };
        return one == new FileCriteria(null, null, null, null)
            ? throw new UsageException($"{option} {name} takes {Wanted(name)}, not '{value}'.")
            : one;
    }

    private static TimeSpan? DurationOf(string value) => QuantityReader.Nanoseconds(value) is { } nanoseconds
        ? TimeSpan.FromTicks(long.Max(nanoseconds / TimeSpan.NanosecondsPerTick, 1))
        : null;

    private static long? SizeOf(string value) => value.All(char.IsAsciiDigit)
        ? Arguments.Count(value, long.MaxValue / PlainSizeUnit) * PlainSizeUnit
        : QuantityReader.Octets(value);

    private static string Wanted(string name) => name switch
    {
        "duration" => "seconds, or a duration such as 10m",
        "filesize" => "thousands of octets, or a size such as 100MB",
        _ => "a number",
    };

    public FileCriteria And(FileCriteria other) => new(
        Least(Duration, other.Duration), Least(Octets, other.Octets), Least(Packets, other.Packets), Least(Files, other.Files));

    private static T? Least<T>(T? one, T? other)
        where T : struct, IComparable<T> =>
        one is { } first && (other is not { } second || first.CompareTo(second) <= 0) ? first : other;
}
