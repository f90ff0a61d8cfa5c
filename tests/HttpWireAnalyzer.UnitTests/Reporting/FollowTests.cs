using System.Text;
using HttpWireAnalyzer.Reporting.Streams;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Reporting;

public class FollowTests
{
    private const string Request =
        "GET / HTTP/1.1\r\nHost: app\r\nAuthorization: Basic c2VjcmV0\r\n c2VjcmV0Mg\r\nCookie: id=c2VjcmV0\r\nX: \u001b[2J\r\n\r\n";

    /// <summary>Whole, cut at every position, with the other side speaking in between: never a secret.</summary>
    [Fact]
    public void Secrets_are_masked_wherever_the_octets_are_cut()
    {
        for (var cut = 0; cut <= Request.Length; cut++)
        {
            var text = Follow(
                showSecrets: false, (Side.Client, Request[..cut]), (Side.Server, "x\r\n"), (Side.Client, Request[cut..]));
            Assert.DoesNotContain("c2VjcmV0", text);
            Assert.Contains("Authorization: ********", text);
        }
    }

    /// <summary>Behind a hole of any length too, of this side or of the other; what comes behind its line is shown.</summary>
    [Fact]
    public void Secrets_are_masked_wherever_octets_are_missing()
    {
        for (var cut = 0; cut <= Request.Length; cut++)
        {
            for (var missing = 0; missing <= int.Min(12, Request.Length - cut); missing++)
            {
                var rest = Request[(cut + missing)..];
                var text = Follow(showSecrets: false, (Side.Client, Request[..cut]), (Side.Client, null), (Side.Client, rest));
                Assert.DoesNotContain("cmV0", text);
                Assert.Equal(rest.Contains("\nX: ", StringComparison.Ordinal) || cut > Request.Length - 5, text.Contains(@"X: \x1b[2J", StringComparison.Ordinal));
            }

            Assert.DoesNotContain("c2VjcmV0", Follow(showSecrets: false, (Side.Client, Request[..cut]), (Side.Server, null), (Side.Client, Request[cut..])));
        }
    }

    [Fact]
    public void A_body_is_shown_behind_a_hole()
    {
        var text = Follow(showSecrets: false, (Side.Server, "HTTP/1.1 200 OK\r\nSet-Cookie: a\r\n\r\none\n"), (Side.Server, null), (Side.Server, "two\n"));
        Assert.Contains("  two\n", text);
    }

    [Fact]
    public void Secrets_are_shown_when_asked_for() =>
        Assert.Contains("Authorization: Basic c2VjcmV0", Follow(showSecrets: true, (Side.Client, Request)));

    [Fact]
    public void A_secret_longer_than_a_held_line_stays_one()
    {
        var text = Follow(showSecrets: false, (Side.Client, "Cookie: " + string.Concat(Enumerable.Repeat("c2VjcmV0", 3000)) + "\r\nHost: a\r\n"));
        Assert.DoesNotContain("c2VjcmV0", text);
        Assert.Contains("Host: a", text);
    }

    [Fact]
    public void Control_characters_are_escaped() =>
        Assert.Contains(@"X: \x1b[2J", Follow(showSecrets: false, (Side.Client, Request)));

    [Fact]
    public void Hexadecimal_shows_offset_octets_and_letters()
    {
        var output = new StringWriter { NewLine = "\n" };
        new HexOctets(output, TextStyle.Plain).OnOctets(
            Side.Server, 32, new PacketRef(7, default), "HTTP/1.1 200 OK\r\n\u001b"u8);
        Assert.Equal(
            "◀ server #7 offset 32, 18 octets\n"
            + "00000020  48 54 54 50 2f 31 2e 31  20 32 30 30 20 4f 4b 0d  HTTP/1.1 200 OK.\n"
            + "00000030  0a 1b                                             ..\n",
            output.ToString());
    }

    /// <param name="chunks">Without a text, a hole.</param>
    private static string Follow(bool showSecrets, params (Side Sender, string? Text)[] chunks)
    {
        var output = new StringWriter { NewLine = "\n" };
        var format = new HttpOctets(output, TextStyle.Plain, showSecrets);
        foreach (var (sender, text) in chunks)
        {
            if (text is null)
            {
                format.OnGap(new StreamGap(default, sender, 0, 1, GapCause.Acknowledged, new PacketRef(1, default)));
            }
            else
            {
                format.OnOctets(sender, 0, new PacketRef(1, default), Encoding.Latin1.GetBytes(text));
            }
        }

        format.End();
        return output.ToString();
    }
}
