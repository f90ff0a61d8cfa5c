using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>The numbers to put into configuration files, so that the client's idle time ends before the server's.</summary>
internal static class IdleMargin
{
    private const long Second = Timestamp.NanosecondsPerSecond;

    /// <summary>What load balancers' documents advise: 65 s behind 60 s.</summary>
    private const long ServerAhead = 5 * Second;

    /// <summary>A round trip, a timer's grain and a busy host fit into it.</summary>
    private const long ClientBehind = Second;

    /// <summary>A tap that stands away from the server sees its timer so much too short, at most.</summary>
    private const long Early = Second / 100;

    /// <summary>For the client, where the server closes after <paramref name="server"/>: whole seconds, or half of it where that is too short.</summary>
    public static long ClientLimit(long server) =>
        server < 2 * ClientBehind ? server / 2 : (server - ClientBehind + Early) / Second * Second;

    /// <summary>For the server, where the client uses connections after <paramref name="client"/>: whole seconds.</summary>
    public static long ServerLimit(long client) => (client + ServerAhead + Second - 1) / Second * Second;
}
