using System.Globalization;
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

    public static string Name(Side side) => side == Side.Client ? "the client" : "the server";

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    public static string Named(in HttpExchange exchange) => exchange.Request is { } request
        ? $"{PrintableText.Of(request.Method)} {Quoted(request.Target)}"
        : "a request that was not captured";

    /// <summary>Of a message. A target or a field may be as long as a head; a sentence may not.</summary>
    public static string Quoted(string text) => PrintableText.Of(text.Length <= MaximumLength ? text : text[..(MaximumLength - 1)] + "…");

    public static string Frame(PacketRef packet) => "#" + packet.Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Each of which there is any, with its count: 2 cut off, 1 reset.</summary>
    public static IEnumerable<string> Counted(params (int Count, string What)[] parts) =>
        parts.Where(part => part.Count > 0).Select(part => $"{Quantity.Count(part.Count)} {part.What}");
}
