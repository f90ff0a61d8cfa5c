using System.Diagnostics;
using System.Globalization;

namespace HttpWireAnalyzer.Testing;

/// <summary>Claims about connections that became WebSockets.</summary>
[StackTraceHidden]
public static class WebSocketClaims
{
    /// <summary>Those that became one.</summary>
    public static WireSelection<WireConnection> WebSockets(this WireSelection<WireConnection> connections) => connections.Where("ws");

    /// <summary>
    /// None of them was longer without a ping, from its 101 to its first Close frame, or to its end. It does not hold of a
    /// WebSocket of which octets are missing.
    /// </summary>
    public static WireSelection<WireConnection> ShouldPingEvery(this WireSelection<WireConnection> connections, TimeSpan most) =>
        connections.ShouldAll("ws.ping.gap <= " + Written(most));

    /// <summary>All of them ended with a Close frame of one of these codes.</summary>
    /// <param name="codes">At least one; 1005 is a Close frame without a code (RFC 6455 §7.4).</param>
    public static WireSelection<WireConnection> ShouldCloseWith(this WireSelection<WireConnection> connections, params int[] codes)
    {
        if (codes.Length == 0)
        {
            throw new ArgumentException("no code is claimed.", nameof(codes));
        }

        return connections.ShouldAll(
            $"ws.close.code in {{{string.Join(' ', codes.Select(code => code.ToString(CultureInfo.InvariantCulture)))}}}");
    }

    /// <summary>In the largest unit that has no fraction.</summary>
    private static string Written(TimeSpan time)
    {
        var (value, unit) = time.Ticks % TimeSpan.TicksPerSecond == 0 ? (time.Ticks / TimeSpan.TicksPerSecond, "s")
            : time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? (time.Ticks / TimeSpan.TicksPerMillisecond, "ms")
            : (time.Ticks * TimeSpan.NanosecondsPerTick, "ns");
        return value.ToString(CultureInfo.InvariantCulture) + unit;
    }
}
