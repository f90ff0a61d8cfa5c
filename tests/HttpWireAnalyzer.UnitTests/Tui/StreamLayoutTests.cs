using System.Text;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Tui;

public sealed class StreamLayoutTests
{
    private const string Request =
        "GET / HTTP/1.1\r\nHost: app\r\nAuthorization: Basic c2VjcmV0\r\n c2VjcmV0Mg\r\nCookie: id=c2VjcmV0\r\nX: end\r\n\r\n";

    /// <summary>Cut at every position: by the other side, by a hole in its stream, and by holes of every length.</summary>
    [Fact]
    public void Secrets_are_masked_wherever_the_octets_are_cut()
    {
        for (var cut = 0; cut <= Request.Length; cut++)
        {
            Assert.DoesNotContain("cmV0", Shown(Piece(Side.Client, Request[..cut]), Piece(Side.Server, "x\r\n"), Piece(Side.Client, Request[cut..])));
            Assert.DoesNotContain("cmV0", Shown(Piece(Side.Client, Request[..cut]), Hole(Side.Server), Piece(Side.Client, Request[cut..])));
            for (var missing = 0; missing <= int.Min(12, Request.Length - cut); missing++)
            {
                Assert.DoesNotContain("cmV0", Shown(Piece(Side.Client, Request[..cut]), Hole(Side.Client), Piece(Side.Client, Request[(cut + missing)..])));
            }
        }
    }

    /// <summary>A name that the other side cuts in two is known by both halves.</summary>
    [Theory]
    [InlineData("Coo", "kie: id=c2VjcmV0", "  Coo\n  ********\n")]
    [InlineData("Coo", "l: id=1", "  Coo\n  l: id=1\n")]
    public void A_name_in_two_blocks_is_one(string first, string second, string expected) =>
        Assert.Equal(expected, Shown(Piece(Side.Client, first), Piece(Side.Server, ""), Piece(Side.Client, second)));

    /// <summary>All lines but the heads of blocks.</summary>
    private static string Shown(params StreamPiece[] pieces)
    {
        var layout = StreamLayout.Of(new ConnectionDetail(0, null!, [], pieces, 0, 0), StreamForm.Http, null, 80);
        var text = new StringBuilder();
        for (var line = 0; line < layout.Count; line++)
        {
            if (layout.PlaceAt(line).Kind != StreamLineKind.Head)
            {
                text.Append(string.Concat(layout[line].Select(run => run.Text))).Append('\n');
            }
        }

        return text.ToString();
    }

    private static StreamPiece Piece(Side sender, string text) => new(sender, 0, new PacketRef(1, default), Encoding.Latin1.GetBytes(text), 0);

    private static StreamPiece Hole(Side sender) => new(sender, 0, new PacketRef(1, default), [], 1);
}
