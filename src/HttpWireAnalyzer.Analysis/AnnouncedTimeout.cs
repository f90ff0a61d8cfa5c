using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>What a server said in Keep-Alive: timeout, and whether an idle time fits it.</summary>
/// <param name="Length">Nanoseconds; -1 where it said nothing.</param>
public readonly record struct AnnouncedTimeout(long Length)
{
    /// <summary>A server that closes this much before its announced timeout has broken it.</summary>
    public const long EarlyTolerance = Timestamp.NanosecondsPerSecond / 2;

    /// <summary>Measured: Node closes 1.0 s after its announced timeout, nginx 1.0 s, Kestrel up to 2.0 s.</summary>
    public const long LateTolerance = 2 * Timestamp.NanosecondsPerSecond;

    /// <summary>A server may announce more seconds than a duration holds: then it is as long as none was.</summary>
    private const long MostSeconds = long.MaxValue / Timestamp.NanosecondsPerSecond / 2;

    public static AnnouncedTimeout None { get; } = new(-1);

    public bool IsSaid => Length >= 0;

    /// <summary>It is a time to wait for: said, and not 0.</summary>
    public bool IsWait => Length > 0;

    /// <summary>Of the connection's last response that had one.</summary>
    public static AnnouncedTimeout Of(ConnectionRecord connection) => FromSeconds(connection.Http.KeepAliveTimeout);

    /// <param name="seconds">Negative where nothing was said.</param>
    public static AnnouncedTimeout FromSeconds(long seconds) =>
        seconds < 0 ? None : new(long.Min(seconds, MostSeconds) * Timestamp.NanosecondsPerSecond);

    /// <summary>A close after so long came too soon.</summary>
    public bool IsBrokenBy(long idle) => IsWait && idle < Length - EarlyTolerance;

    /// <summary>Idle for as long as was announced, or up to a timer's grain longer.</summary>
    public bool Fits(long idle) => IsSaid && idle >= Length - EarlyTolerance && idle <= Length + LateTolerance;
}
