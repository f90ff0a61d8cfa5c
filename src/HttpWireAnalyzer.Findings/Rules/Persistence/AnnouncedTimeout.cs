using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>What a server said in Keep-Alive: timeout, in nanoseconds.</summary>
internal static class AnnouncedTimeout
{
    /// <summary>A server may announce more seconds than a duration holds: then it is as long as none was.</summary>
    private const long MostSeconds = long.MaxValue / Timestamp.NanosecondsPerSecond / 2;

    /// <summary>Of the connection's last response that had one; -1 without.</summary>
    public static long Of(ConnectionRecord connection) => FromSeconds(connection.Http.KeepAliveTimeout);

    public static long FromSeconds(long seconds) =>
        seconds < 0 ? -1 : long.Min(seconds, MostSeconds) * Timestamp.NanosecondsPerSecond;
}
