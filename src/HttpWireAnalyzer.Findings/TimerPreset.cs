using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>After how long well-known software closes idle connections, unless it is told otherwise. For naming alone.</summary>
/// <param name="Seconds">As its configuration says.</param>
/// <param name="Late">How much later it closes by design, milliseconds: a second of grace, a timer's grain.</param>
/// <param name="Grain">Spread beyond that, milliseconds.</param>
/// <param name="Closer">The end that closes; null where it may be either, as with a proxy.</param>
/// <param name="Product">
/// What it calls itself in its responses' Server field, in front of a slash; empty where it writes none, null where it
/// passes on that of whom it stands before.
/// </param>
internal sealed record TimerPreset(string Name, int Seconds, int Late, int Grain, Side? Closer, string? Product)
{
    private const long Millisecond = Timestamp.NanosecondsPerSecond / 1000;

    /// <summary>A busy host closes that much later than its timer says, or a twentieth where that is less: more is another time.</summary>
    private const int BusyHost = 300;

    /// <summary>No setting of theirs leaves the Server field out: a server without it is none of these.</summary>
    private static readonly string[] AlwaysNamed = ["gunicorn", "Apache", "nginx"];

    /// <summary>A tap that stands away from the closer sees it so much sooner, at most.</summary>
    private const int Early = 10;

    /// <summary>In order of their times; behind each, where the number comes from, and the month in which that was last read to say so.</summary>
    private static readonly TimerPreset[] All =
    [
        new("gunicorn", 2, 0, 0, Side.Server, "gunicorn"), // gunicorn config.py, keepalive; 2026-11
        new("Ruby Net::HTTP", 2, 0, 0, Side.Client, ""), // Ruby net/http.rb, keep_alive_timeout; 2026-11
        new("Node http.Server", 5, 1000, 0, Side.Server, ""), // Node http, server.keepAliveTimeout of Node 25 and before; measured with v20; 2026-11
        new("Apache httpd", 5, 0, 0, Side.Server, "Apache"), // Apache httpd-default.conf, KeepAliveTimeout; 2026-11
        new("Uvicorn", 5, 0, 0, Side.Server, "uvicorn"), // uvicorn --timeout-keep-alive; measured with 0.17; 2026-11
        new("Tomcat's server.xml", 20, 0, 1000, Side.Server, ""), // Tomcat connector, keepAliveTimeout = connectionTimeout; server.xml sets 20000; 2026-11
        new("older Puma", 20, 0, 0, Side.Server, ""), // Puma configuration.rb at 00f5061, persistent_timeout; 2026-11
        new("Jetty", 30, 0, 1000, Side.Server, "Jetty"), // jetty.project#2306, jetty.http.idleTimeout; 2020-08
        new("SocketsHttpHandler", 60, 0, 15_000, Side.Client, ""), // dotnet/runtime#52687, PooledConnectionIdleTimeout of .NET 6 and later; 2026-11
        new("nginx upstream", 60, 0, 0, Side.Client, ""), // ngx_http_upstream_module, keepalive_timeout; 2026-11
        new("Tomcat", 60, 0, 1000, Side.Server, ""), // Tomcat connector, keepAliveTimeout = connectionTimeout; 2026-11
        new("AWS ALB", 60, 0, 1000, null, null), // Application Load Balancers, connection idle timeout; 2026-11
        new("Node http.Server", 65, 1000, 0, Side.Server, ""), // Node lib/_http_server.js, keepAliveTimeout and keepAliveTimeoutBuffer since nodejs/node#62782; 2026-11
        new("Puma", 65, 0, 0, Side.Server, ""), // Puma configuration.rb, persistent_timeout; puma/puma#3912; 2026-11
        new("Fastify", 72, 1000, 0, Side.Server, ""), // Fastify Server.md, keepAliveTimeout; 2026-11
        new("nginx", 75, 0, 0, Side.Server, "nginx"), // ngx_http_core_module, keepalive_timeout; measured with 1.22; 2026-11
        new("Go http.Transport", 90, 0, 0, Side.Client, ""), // net/http, DefaultTransport.IdleConnTimeout; 2026-11
        new("Cloud Foundry gorouter", 90, 0, 0, Side.Client, ""), // gorouter proxy.go; cloudfoundry/java-buildpack#881; 2025-07
        new("Caddy's reverse_proxy", 120, 0, 0, Side.Client, ""), // Caddyfile reverse_proxy, transport http, keepalive; measured with 2.6; 2026-11
        new("IIS", 120, 0, 1000, Side.Server, "Microsoft-IIS"), // IIS limits, connectionTimeout; dotnet/runtime#52267; 2021-05
        new("Kestrel", 130, 0, 2000, Side.Server, "Kestrel"), // KestrelServerLimits.KeepAliveTimeout; measured with .NET 10; 2026-11
        new("Caddy", 300, 0, 0, Side.Server, "Caddy"), // Caddyfile servers, timeouts idle; measured with 2.6; 2026-11
        new("Google Cloud load balancer", 600, 0, 1000, Side.Client, null), // Cloud Load Balancing, backend keepalive timeout; 2026-11
        new("Google Cloud load balancer", 610, 0, 1000, Side.Server, null), // Cloud Load Balancing, client HTTP keepalive timeout of global ones; 2026-11
        new("Envoy", 3600, 0, 1000, null, "envoy"), // Envoy HttpProtocolOptions.idle_timeout; 2026-11
    ];

    /// <summary>After how long a stream is cut on which nothing is sent, in order of their times.</summary>
    private static readonly TimerPreset[] Streams =
    [
        new("nginx proxy_read_timeout", 60, 0, 0, Side.Server, "nginx"), // ngx_http_proxy_module, proxy_read_timeout; measured with 1.22; websockets/ws#2283; 2026-11
        new("AWS ALB", 60, 0, 1000, null, null), // Application Load Balancers, connection idle timeout; 2026-11
    ];

    /// <summary>The same of a stream in the middle: an event stream, or a WebSocket.</summary>
    public static string OfStream(long silence, Side closer) => TextOf(Explaining(Streams, silence, closer));

    /// <summary>
    /// "Node http.Server, 5 s + 1 s": those that close at this time; several are told with "or". Empty without one.
    /// </summary>
    /// <param name="software">The Server field of that end's responses; null where they have none.</param>
    /// <param name="announced">What that end says of its own time.</param>
    public static TimerName Of(long idle, Side closer, string? software, AnnouncedTimeout announced)
    {
        var possible = Explaining(All, idle, closer)
            .Where(preset => !announced.IsSaid || AnnouncedTimeout.FromSeconds(preset.Seconds) == announced)
            .Where(preset => preset.IsPossible(software))
            .OrderBy(preset => software is not null && preset.Product is null)
            .ToArray();
        return new TimerName(TextOf(possible), possible.Length == 1 && possible[0].IsNamedBy(software));
    }

    private static IEnumerable<TimerPreset> Explaining(TimerPreset[] presets, long idle, Side closer) =>
        presets.Where(preset => (preset.Closer is null || preset.Closer == closer) && preset.Explains(idle));

    private static string TextOf(IEnumerable<TimerPreset> presets) => string.Join(" or ", presets.Select(preset => preset.Text));

    /// <summary>What calls itself by another name, or by none although it has one, is not this; what passes names on may stand before anything.</summary>
    private bool IsPossible(string? software) => Product is null || IsNamedBy(software)
        || (software is null && !AlwaysNamed.Contains(Product));

    private bool IsNamedBy(string? software) => software is not null && !string.IsNullOrEmpty(Product)
        && ProductOf(software).Equals(Product, StringComparison.OrdinalIgnoreCase);

    // RFC 9110 §10.1.5: product = token ["/" product-version]; comments may follow it.
    private static ReadOnlySpan<char> ProductOf(string software)
    {
        var end = software.AsSpan().IndexOfAny("/ (");
        return end < 0 ? software : software.AsSpan(0, end);
    }

    private string Text => Late == 0 ? $"{Name}, {Seconds} s" : $"{Name}, {Seconds} s + {Late / 1000} s";

    private bool Explains(long idle)
    {
        var late = idle - (Seconds * Timestamp.NanosecondsPerSecond) - (Late * Millisecond);
        return late >= -Early * Millisecond
            && late <= (Grain + long.Min(BusyHost, Seconds * 1000L / 20)) * Millisecond;
    }
}

/// <summary>Whose usual time an idle timeout is.</summary>
/// <param name="Text">Empty where it is nobody's.</param>
/// <param name="IsNamed">The endpoint calls itself so, too.</param>
internal readonly record struct TimerName(string Text, bool IsNamed);
