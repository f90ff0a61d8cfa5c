using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>What a capture lacks is not what happened: holes, one direction, and what was before the capture began.</summary>
public sealed class HoleTests
{
    private const TcpFlags Push = TcpFlags.Ack | TcpFlags.Psh;

    [Fact]
    public void Where_the_client_alone_is_heard_its_acknowledgments_tell_of_answers()
    {
        var scene = new Scene();
        scene.Talk().Ack(Side.Client, 0).Request(0.2).Lose(Side.Server, 148).Request(0.4, "POST /pay", body: "a=1")
            .Lose(Side.Server, 148).Fin(Side.Client, 1002);
        foreach (var rule in (string[])["HWA-L001", "HWA-L002", "HWA-L003", "HWA-T013"])
        {
            scene.IsQuietOn(rule);
        }

        Assert.DoesNotContain("never answered", OnOneLine(scene));
    }

    [Fact]
    public void Who_went_unheard_may_have_answered_who_gives_up()
    {
        var scene = new Scene();
        scene.Talk().Ack(Side.Client, 0).Request(0.2).Fin(Side.Client, 1002);
        scene.IsQuietOn("HWA-T013");
    }

    private static string OnOneLine(Scene scene) =>
        string.Join(' ', scene.Story().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
