using System.Globalization;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>Each view as text at four widths; UPDATE_GOLDEN=1 writes what is drawn now.</summary>
public sealed class ScreenTests
{
    private static readonly (string Name, string Capture, string[] Keys)[] Views =
    [
        ("overview", "http/retry-after-stale-reuse", ["1"]),
        ("connections", "http/retry-after-stale-reuse", []),
        ("connections-time", "http/retry-after-stale-reuse", ["c"]),
        ("connections-tcp", "http/retry-after-stale-reuse", ["c", "c"]),
        ("connections-http", "http/retry-after-stale-reuse", ["c", "c", "c"]),
        ("connections-keep-alive", "http/keep-alive-countdown", ["c", "c", "c", "c"]),
        ("exchanges", "http/retry-after-stale-reuse", ["3"]),
        ("pools", "http/six-at-a-time", ["4"]),
        ("what-if", "http/six-at-a-time", ["4", "W"]),
        ("findings", "http/retry-after-stale-reuse", ["5"]),
        ("findings-grouped", "http/dumb-proxy-chain", ["5", "o", "Enter", "j"]),
        ("finding-story", "http/stale-reuse-post", ["5", "Enter"]),
        ("rule", "http/stale-reuse-post", ["5", "i"]),
        ("korean-rule", "http/stale-reuse-post", ["5", "i"]),
        ("korean-connections", "http/retry-after-stale-reuse", []),
        ("korean-findings", "http/retry-after-stale-reuse", ["5"]),
        ("korean-help", "http/retry-after-stale-reuse", ["?"]),
        ("korean-what-if", "http/six-at-a-time", ["4", "W"]),
        ("korean-ports", "tcp/port-reuse-in-time-wait", ["6"]),
        ("ports", "tcp/port-reuse-in-time-wait", ["6"]),
        ("story", "http/stale-reuse-post", ["Enter", "e"]),
        ("korean-story", "http/stale-reuse-post", ["Enter", "e"]),
        ("story-icmp", "tcp/icmp-unreachable", ["Enter"]),
        ("stream-http", "http/chunked-with-trailers", ["x"]),
        ("stream-hex", "http/chunked-with-trailers", ["x", "f", "f"]),
        ("packets", "tcp/spurious-retransmission", ["7", "Tab", "j", "j", "j"]),
        ("timeline", "http/stale-reuse-post", ["z", "e"]),
        ("timeline-near", "tcp/zero-window", ["z", "e", "h", "h", "z", "z"]),
        ("assertion", "http/haproxy-502", ["e", "a"]),
        ("help", "http/stale-reuse-post", ["?"]),
        ("filter", "http/stale-reuse-post", ["/", "c", "o", "n", "n", ".", "c", "l"]),
        ("filter-wrong", "http/stale-reuse-post", ["/", "c", "o", "n", "n", ".", "i", "d", "=", "=", "x", "=", "="]),
    ];

    public static TheoryData<string, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int>();
            foreach (var (name, _, _) in Views)
            {
                foreach (var (width, height) in (ReadOnlySpan<(int, int)>)[(40, 15), (80, 24), (120, 40), (200, 50)])
                {
                    cases.Add(name, width, height);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_view_is_drawn_as_before(string name, int width, int height)
    {
        var (_, capture, keys) = Views.Single(view => view.Name == name);
        var language = name.StartsWith("korean", StringComparison.Ordinal) ? Language.Korean : Language.English;
        using var session = ScreenSession.Of(capture, width, height, language);
        var drawn = session.Press(keys).Draw();

        Assert.All(drawn.Split('\n'), line => Assert.True(HttpWireAnalyzer.Tui.Layout.Sheet.WidthOf(line) <= width));
        var path = Path.Combine(ScreenSession.Folder, "Screens", string.Create(CultureInfo.InvariantCulture, $"{name}-{width}x{height}.txt"));
        if (Repository.Updates)
        {
            File.WriteAllText(path, drawn);
            return;
        }

        Assert.True(File.Exists(path), $"{path} is not there: UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path), drawn);
    }

    /// <summary>From the first screen of any capture, nothing that is pressed breaks it, at any size.</summary>
    [Fact]
    public void No_key_breaks_it()
    {
        string[] keys =
        [
            .. Bindings.All.SelectMany(binding => binding.Keys).Where(key => key is not ("q" or "Ctrl-c" or "w")).Distinct(),
            "0", "9", "Backspace", "=", "!", "a", "é", "한",
        ];
        var random = new Random(7);
        foreach (var (width, height) in (ReadOnlySpan<(int, int)>)[(80, 24), (33, 9), (5, 2), (160, 50)])
        {
            using var session = ScreenSession.Of("http/six-at-a-time", width, height);
            for (var i = 0; i < 1500; i++)
            {
                session.Press(keys[random.Next(keys.Length)]);
                session.Draw();
            }
        }
    }
}
