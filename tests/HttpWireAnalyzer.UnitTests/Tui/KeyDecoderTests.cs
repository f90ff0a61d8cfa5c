using System.Text;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Terminals;

namespace HttpWireAnalyzer.UnitTests.Tui;

public sealed class KeyDecoderTests
{
    [Theory]
    [InlineData("j", "j")]
    [InlineData("\r", "Enter")]
    [InlineData("\t", "Tab")]
    [InlineData(" ", "Space")]
    [InlineData("\x7f", "Backspace")]
    [InlineData("\x04", "Ctrl-d")]
    [InlineData("\x1a", "Ctrl-z")]
    [InlineData("\e[A", "Up")]
    [InlineData("\eOB", "Down")]
    [InlineData("\e[1;5C", "Right")]
    [InlineData("\e[5~", "PageUp")]
    [InlineData("\e[3~", "Delete")]
    [InlineData("\e[Z", "BackTab")]
    [InlineData("한", "한")]
    [InlineData("😀", "😀")]
    [InlineData("gj\e[Bx", "g j Down x")]
    [InlineData("\ej", "Escape j")]
    [InlineData("\e[?1;2c\e[24~k", "k")]
    public void Octets_become_keys_however_they_come(string sent, string expected)
    {
        var octets = Encoding.UTF8.GetBytes(sent);
        Assert.Equal(expected, Keys(new KeyDecoder().Take(octets)));
        for (var cut = 1; cut < octets.Length; cut++)
        {
            var decoder = new KeyDecoder();
            Assert.Equal(expected, Keys([.. decoder.Take(octets.AsSpan(0, cut)), .. decoder.Take(octets.AsSpan(cut))]));
        }
    }

    [Fact]
    public void An_escape_that_nothing_follows_is_the_key()
    {
        var decoder = new KeyDecoder();
        Assert.Empty(decoder.Take("\e"u8));
        Assert.True(decoder.IsWaiting);
        Assert.Equal("Escape", Keys(decoder.Settle()));
        Assert.False(decoder.IsWaiting);
    }

    [Theory]
    [InlineData("\e[<65;10;5M", 9, 4, 3)]
    [InlineData("\e[<64;1;1M", 0, 0, -3)]
    [InlineData("\e[<0;3;4M", 2, 3, 0)]
    public void The_mouse_is_used(string sent, int column, int row, int lines) =>
        Assert.Equal([new MouseUsed(column, row, lines)], new KeyDecoder().Take(Encoding.ASCII.GetBytes(sent)));

    [Theory]
    [InlineData("\e[<0;3;4m")]
    [InlineData("\e[<2;3;4M")]
    [InlineData("\e[<0;3M")]
    [InlineData("\e[<99999999999;3;4M")]
    public void Other_buttons_and_nonsense_are_not(string sent) => Assert.Empty(new KeyDecoder().Take(Encoding.ASCII.GetBytes(sent)));

    [Fact]
    public void What_is_pasted_comes_in_one_piece_and_is_no_keys()
    {
        var octets = Encoding.UTF8.GetBytes("\e[200~conn.id == 4\nq\e한\e[201~j");
        for (var cut = 1; cut < octets.Length; cut++)
        {
            var decoder = new KeyDecoder();
            Assert.Equal(
                [new TextPasted("conn.id == 4\nq\e한"), new KeyPressed("j")],
                (IEnumerable<Message>)[.. decoder.Take(octets.AsSpan(0, cut)), .. decoder.Take(octets.AsSpan(cut))]);
        }
    }

    [Fact]
    public void Any_octets_are_taken_and_none_are_kept_for_ever()
    {
        var random = new Random(3);
        var decoder = new KeyDecoder();
        for (var i = 0; i < 20_000; i++)
        {
            var octets = new byte[random.Next(1, 40)];
            random.NextBytes(octets);
            if (i % 3 == 0)
            {
                octets[0] = 0x1B;
            }

            foreach (var message in decoder.Take(octets))
            {
                Assert.True(message is KeyPressed { Key.Length: > 0 } or MouseUsed or TextPasted);
            }
        }
    }

    private static string Keys(IEnumerable<Message> messages) => string.Join(' ', messages.Cast<KeyPressed>().Select(pressed => pressed.Key));
}
