using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Pools;

/// <summary>
/// A server announces so few seconds of idleness that a client which minds them keeps nothing: Node's http.Agent takes one
/// off, for the way and the server's clock.
/// </summary>
internal static class ShortPromise
{
    /// <summary>Measured with Node 20 at both ends: of 1 s nothing is left and each connection is used once, of 3 s it is reused.</summary>
    private const long NothingLeft = Timestamp.NanosecondsPerSecond;

    /// <summary>The measure that <see cref="Advice"/> names.</summary>
    private const string Name = "announced";

    public static readonly Phrase Advice = new(
        "The likely cause is the server's Keep-Alive: timeout, {announced}: a client that minds it and takes a second off, as Node's http.Agent does, has no time left and closes behind each answer. Let the server keep idle connections for longer, and announce it (Node: server.keepAliveTimeout, 5 s unless set, 65 s since nodejs/node#62782).",
        "서버가 예고한 Keep-Alive: timeout {announced}이(가) 원인일 가능성이 높습니다. 이 값을 따르고 1초를 빼는 클라이언트(Node의 http.Agent)는 남는 시간이 없어 응답마다 연결을 닫습니다. 서버가 유휴 연결을 더 오래 유지하고 그 시간을 예고하게 하십시오(Node: server.keepAliveTimeout, 기본값 5초, nodejs/node#62782 이후 65초).");

    public static bool IsOf(PoolHabits pool) => pool.Server.Announced.IsSaid && pool.Server.Announced.Length <= NothingLeft;

    public static Measure Of(PoolHabits pool) => Measure.Duration(Name, pool.Server.Announced.Length);
}
