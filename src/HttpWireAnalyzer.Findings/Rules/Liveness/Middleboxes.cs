using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Liveness;

/// <summary>After how long well-known devices on the way forget an idle connection, as their makers say.</summary>
internal static class Middleboxes
{
    private const long Second = Timestamp.NanosecondsPerSecond;

    /// <summary>In order of their times.</summary>
    private static readonly (long Time, string Name)[] Presets =
    [
        (60 * Second, "AWS ALB, nginx proxy_read_timeout"),
        (240 * Second, "Azure Load Balancer, Azure NAT"),
        (350 * Second, "AWS NLB, AWS NAT gateway"),
        (600 * Second, "Google Cloud connection tracking"),
        (7440 * Second, "NAT by RFC 5382"),
        (432_000 * Second, "Linux conntrack"),
    ];

    /// <summary>
    /// Those whose time lies above what was survived and not above what was not, and not below half of that: a lesser
    /// one would have shown sooner. Empty without one.
    /// </summary>
    public static string Between(long survived, long killed) => string.Join(
        "; ",
        Presets.Where(preset => preset.Time > long.Max(survived, killed / 2) && preset.Time <= killed)
            .Select(preset => $"{preset.Name} ({preset.Time / Second} s)"));
}
