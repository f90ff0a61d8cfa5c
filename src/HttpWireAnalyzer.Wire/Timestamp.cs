namespace HttpWireAnalyzer.Wire;

/// <summary>A capture time: nanoseconds since 1970-01-01T00:00:00Z, as the tap wrote it. Never a clock's.</summary>
public readonly record struct Timestamp(long Nanoseconds) : IComparable<Timestamp>
{
    public const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds from <paramref name="earlier"/> to this time; negative where the capture runs backwards.</summary>
    public long Since(Timestamp earlier) => unchecked(Nanoseconds - earlier.Nanoseconds);

    public Timestamp Plus(long nanoseconds) => new(unchecked(Nanoseconds + nanoseconds));

    /// <summary>The first whole multiple of <paramref name="unit"/>, such as a second, behind this time.</summary>
    public Timestamp Next(long unit)
    {
        var part = Nanoseconds % unit;
        return Plus(unit - (part < 0 ? part + unit : part));
    }

    public int CompareTo(Timestamp other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public static bool operator <(Timestamp left, Timestamp right) => left.Nanoseconds < right.Nanoseconds;

    public static bool operator >(Timestamp left, Timestamp right) => left.Nanoseconds > right.Nanoseconds;

    public static bool operator <=(Timestamp left, Timestamp right) => left.Nanoseconds <= right.Nanoseconds;

    public static bool operator >=(Timestamp left, Timestamp right) => left.Nanoseconds >= right.Nanoseconds;
}
