using System.Globalization;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What the sentences of a story have in common.</summary>
internal static class StoryWords
{
    private const int MaximumLength = 60;

    public static string Name(this Language language, Side side) => side == Side.Client
        ? language.Say("the client", "클라이언트")
        : language.Say("the server", "서버");

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>As a sentence begins with it.</summary>
    public static string Subject(this Language language, Side side) => Capital(language.Name(side));

    public static string Named(this Language language, in HttpExchange exchange)
    {
        if (exchange.Request is not { } request)
        {
            return language.Say("a request that was not captured", "캡처되지 않은 요청");
        }

        var name = $"{PrintableText.OfWire(request.Method)} {Quoted(request.Target)}";
        return language.Say(name, name + " 요청");
    }

    /// <summary>With the packet in which its request began.</summary>
    public static string NamedAt(this Language language, in HttpExchange exchange) =>
        language.Named(exchange) + language.Say(" ", "") + $"({Frame(exchange.RequestTrace.Start)})";

    /// <summary>Of a message. A target or a field may be as long as a head; a sentence may not.</summary>
    public static string Quoted(string octets) => QuotedText(WireText.Of(octets));

    /// <summary>What has been decoded already.</summary>
    public static string QuotedText(string text) => PrintableText.Of(PrintableText.Shortened(text, MaximumLength));

    public static string Frame(PacketRef packet) => "#" + packet.Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Each of which there is any, with its count: 2 cut off, 1 reset; 끊김 2개, 리셋 1개.</summary>
    public static IEnumerable<string> Counted(this Language language, params (int Count, string English, string Korean)[] parts) => parts
        .Where(part => part.Count > 0)
        .Select(part => language.Say($"{Quantity.Count(part.Count)} {part.English}", $"{part.Korean} {Quantity.Count(part.Count)}개"));
}
