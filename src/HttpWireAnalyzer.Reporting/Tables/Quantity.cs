using System.Globalization;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>Durations, sizes, counts and times for people: three or four digits and a unit.</summary>
public static class Quantity
{
    /// <summary>Stands where there is no value, or none is known.</summary>
    public const string None = "–";

    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000_000;
    private const long Second = Timestamp.NanosecondsPerSecond;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    /// <summary>Decimals of a second that tell packets apart.</summary>
    public const int Microseconds = 6;

    private const int Milliseconds = 3;

    private static readonly string[] OctetUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    public static string Duration(long nanoseconds) => nanoseconds switch
    {
        < 0 => "-" + Duration(nanoseconds == long.MinValue ? long.MaxValue : -nanoseconds),
        < Millisecond - (Microsecond / 2) => Invariant($"{(nanoseconds + (Microsecond / 2)) / Microsecond} µs"),
        < Second - (Millisecond / 20) => Invariant($"{(decimal)nanoseconds / Millisecond:0.0} ms"),
        < Minute => Invariant($"{(decimal)nanoseconds / Second:0.000} s"),
        < 2 * Minute => Invariant($"{(decimal)nanoseconds / Second:0.0} s"),
        < Hour => Invariant($"{nanoseconds / Minute} min {nanoseconds % Minute / Second:00} s"),
        < 2 * Day => Invariant($"{nanoseconds / Hour} h {nanoseconds % Hour / Minute:00} min"),
        _ => Invariant($"{nanoseconds / Day} d {nanoseconds % Day / Hour:00} h"),
    };

    /// <summary>With each digit that it has: what is held against a bound must not read like the bound.</summary>
    public static string ExactDuration(long nanoseconds) => decimal.Abs(nanoseconds) switch
    {
        < Millisecond => Invariant($"{(decimal)nanoseconds / Microsecond:0.###} µs"),
        < Second => Invariant($"{(decimal)nanoseconds / Millisecond:0.######} ms"),
        _ => Invariant($"{(decimal)nanoseconds / Second:0.#########} s"),
    };

    /// <summary>A dash where it is negative: unknown.</summary>
    public static string DurationOrDash(long nanoseconds) => nanoseconds < 0 ? None : Duration(nanoseconds);

    /// <summary>Decimal units, as network speeds are given.</summary>
    public static string Octets(long octets)
    {
        if (octets < 1000)
        {
            return Invariant($"{octets} B");
        }

        var unit = 0;
        decimal value = octets;
        for (; value >= 999.95m; unit++)
        {
            value /= 1000;
        }

        return Invariant($"{value:0.0} {OctetUnits[unit]}");
    }

    /// <summary>Thousands apart, so that a long number can be read.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' ');

    public static string Count(long count, string one, string many) =>
        Count(count) + " " + (count == 1 ? one : many);

    public static string Percent(long part, long whole) => whole == 0
        ? None
        : Invariant($"{part * 100m / whole:0.#} %");

    /// <summary>Seconds with six decimals: a column of them can be compared at a glance.</summary>
    public static string Seconds(long nanoseconds) => Invariant($"{(decimal)nanoseconds / Second:0.000000}");

    /// <summary>Universal time; beyond the calendar (year 9999), plain seconds.</summary>
    public static string Time(Timestamp time, int decimals = Milliseconds) => InCalendar(time)
        ? Of(time, "yyyy-MM-dd HH:mm:ss", decimals) + " UTC"
        : Seconds(time.Nanoseconds) + " s";

    public static string TimeOfDay(Timestamp time, int decimals = Milliseconds) => InCalendar(time)
        ? Of(time, "HH:mm:ss", decimals)
        : Seconds(time.Nanoseconds) + " s";

    /// <summary>The same with month and day, for what goes on for more than one.</summary>
    public static string TimeOfYear(Timestamp time) => InCalendar(time)
        ? Of(time, "MM-dd HH:mm:ss", Milliseconds)
        : Seconds(time.Nanoseconds) + " s";

    /// <summary>They are of one day, which need not be said with each.</summary>
    public static bool IsOneDay(Timestamp from, Timestamp to) => from.Nanoseconds / Day == to.Nanoseconds / Day;

    private static string Of(Timestamp time, string format, int decimals) => DateTime.UnixEpoch.AddTicks(time.Nanoseconds / 100)
        .ToString($"{format}.{new string('f', decimals)}", CultureInfo.InvariantCulture);

    private static bool InCalendar(Timestamp time) => time.Nanoseconds >= 0;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
