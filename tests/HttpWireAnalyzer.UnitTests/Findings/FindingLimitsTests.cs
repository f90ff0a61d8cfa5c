using System.Text;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>What a rule cannot keep until all is known is counted, and the limits are those that the line was given.</summary>
public sealed class FindingLimitsTests
{
    private const string Kept = "Connection: keep-alive\r\n";
    private const string Announced = "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n";
    private const double Minute = 60_000;

    [Theory]
    [InlineData("HWA-G002")]
    [InlineData("HWA-G003")]
    [InlineData("HWA-H010")]
    [InlineData("HWA-K001")]
    [InlineData("HWA-K004")]
    [InlineData("HWA-K009")]
    [InlineData("HWA-M001")]
    [InlineData("HWA-P002")]
    [InlineData("HWA-T007")]
    public void A_case_beyond_those_that_are_kept_is_counted(string id)
    {
        var scene = new Scene();
        Case(scene, id, 0);
        Case(scene, id, 3);
        scene.Talk().Handshake(10 * Minute);

        Assert.Equal((2, 0L), Told(scene, id, most: 2));
        Assert.Equal((1, 1L), Told(scene, id, most: 1));
    }

    /// <summary>What only forwards TCP passes fields on as it must, however many.</summary>
    [Theory]
    [InlineData("GET /c", 1, 1)]
    [InlineData("", 0, 0)]
    public void What_waits_for_what_follows_it_is_counted_once_it_is_known(string last, int told, long leftOut)
    {
        var scene = new Scene();
        var front = scene.Talk(server: "10.0.0.5:80").Handshake(0).Request(1, "GET /a").Response(10, fields: Announced)
            .Request(12, "GET /b").Response(16, fields: Announced);
        scene.Talk("10.0.0.5", "10.0.0.9:80").Handshake(2).Request(3, "GET /a").Response(4, fields: Announced)
            .Request(13, "GET /b").Response(14, fields: Announced).Close(40);
        (last.Length > 0 ? front.Request(20, last) : front).Close(30);

        Assert.Equal((told, leftOut), Told(scene, "HWA-P001", most: 1));
    }

    [Fact]
    public void An_end_that_closed_late_but_not_too_late_takes_no_place_of_a_leak()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Ack(Side.Client, 1040)
            .Fin(Side.Client, 30_000).Rst(Side.Server, 30_000.1, TcpFlags.Rst);
        Case(scene, "HWA-T007", 3);
        scene.Talk().Handshake(10 * Minute);

        Assert.Equal((1, 0L), Told(scene, "HWA-T007", most: 1));
    }

    /// <summary>What that rule says where it may keep so many: connections or requests, and what it left out.</summary>
    private static (int Told, long LeftOut) Told(Scene scene, string id, int most)
    {
        var report = scene.Report(
            limits: new FindingLimits { Suspects = most, IdleSamples = most },
            rules: [.. RuleBook.Begin(RuleSettings.Usual).Where(rule => rule.Card.Id == id)]);
        return ((int)report.Findings.Sum(CasesOf), report.LeftOut);
    }

    /// <summary>Some rules tell the cases of a pool in one finding.</summary>
    private static long CasesOf(Finding finding) => finding.Rule.Id switch
    {
        "HWA-G002" => finding.ValueOf("drops"),
        "HWA-K004" or "HWA-K009" => finding.ValueOf("count"),
        "HWA-T007" => finding.ValueOf("leaks"),
        _ => 1,
    };

    /// <summary>A connection on which the rule finds something.</summary>
    private static void Case(Scene scene, string id, double at)
    {
        var talk = scene.Talk();
        switch (id)
        {
            case "HWA-G002":
                talk.Handshake(at).Exchange(at + 1).RequestAgain(
                    at + (6 * Minute), at + (6 * Minute) + 300, at + (6 * Minute) + 900, at + (6 * Minute) + 2100);
                break;
            case "HWA-G003":
                talk.Handshake(at).Exchange(at + 1).Probe(Side.Client, at + (6 * Minute)).Probe(Side.Client, at + (7 * Minute));
                break;
            case "HWA-H010":
                talk.Handshake(at).Exchange(at + 1, answerFields: "Keep-Alive: timeout=5\r\n").Request(at + 10).Ack(Side.Server, at + 10.3)
                    .Close(at + 12, Side.Server);
                break;
            case "HWA-K001":
                talk.Handshake(at).Exchange(at + 1).Request(at + 5002, "POST /pay").Ack(Side.Server, at + 5002.1).Rst(Side.Server, at + 5002.5);
                break;
            case "HWA-K004":
                talk.Handshake(at).Exchange(at + 1, answerFields: "Keep-Alive: timeout=5\r\n").Close(at + 3902, Side.Server);
                break;
            case "HWA-K009":
                talk.Handshake(at).Request(at + 1, fields: "Connection: Keep-Alive\r\n", version: "1.0").Response(at + 2, version: "1.0")
                    .Close(at + 10, Side.Server);
                break;
            case "HWA-M001":
                talk.Handshake(at).Send(Side.Client, at + 5, TcpFlags.Ack, TextOf(Http2Octets.Client.Get(1, "/cart")))
                    .Send(Side.Server, at + 6, TcpFlags.Ack, TextOf(Http2Octets.Begin.Settings().GoAway(1))).Close(at + 40, Side.Server);
                break;
            case "HWA-P002":
                talk.Handshake(at).Request(at + 1, "GET /a", Kept).Response(at + 2, fields: Kept).Request(at + 3, "GET /b", Kept)
                    .Ack(Side.Server, at + 3.1).Close(at + 6003);
                break;
            case "HWA-T007":
                talk.Handshake(at).Exchange(at + 1).Fin(Side.Client, at + 1000).Ack(Side.Server, at + 1040);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(id));
        }
    }

    private static string TextOf(Http2Octets octets) => Encoding.Latin1.GetString(octets.ToArray());
}
