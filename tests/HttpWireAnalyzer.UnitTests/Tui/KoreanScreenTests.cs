using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>On a Korean screen the words of cells are Korean too; names of protocols, states and rules stay.</summary>
public sealed class KoreanScreenTests
{
    [Theory]
    [InlineData("http/retry-after-stale-reuse", "3", new[] { "새 연결", "유지", "응답 없음" })]
    [InlineData("http/retry-after-stale-reuse", "3 c", new[] { "연결 0" })]
    [InlineData("http/retry-after-stale-reuse", "2 c c c c", new[] { "유지" })]
    [InlineData("http/retry-after-stale-reuse", "5", new[] { "연결 0" })]
    [InlineData("tcp/server-closes-first", "2 c c", new[] { "서버" })]
    [InlineData("http/truncated-content-length", "3", new[] { "응답 끊김" })]
    public void Words_are_in_korean(string capture, string keys, string[] words)
    {
        using var session = ScreenSession.Of(capture, 200, 50, Language.Korean);
        var drawn = session.Press(keys.Split(' ')).Draw();
        Assert.All(words, word => Assert.Contains(word, drawn, StringComparison.Ordinal));
        var list = drawn[..drawn.IndexOf("──", StringComparison.Ordinal)];
        Assert.All(
            (string[])["cold", "persistent", "closes", "unanswered", "truncated", "conn ", "both", "server ", "client "],
            word => Assert.DoesNotContain(word, list, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_word_is_in_korean()
    {
        foreach (var end in Enum.GetValues<ExchangeEnd>())
        {
            foreach (var verdict in Enum.GetValues<PersistenceVerdict>())
            {
                Assert.DoesNotContain(AfterExchange.Of(end, verdict, Language.Korean), char.IsAsciiLetter);
            }
        }
    }
}
