using System.Text;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Terminals;

namespace HttpWireAnalyzer.UnitTests.Tui;

public sealed class PainterTests
{
    /// <summary>Whatever was shown before, the octets make a terminal show the sheet.</summary>
    [Fact]
    public void What_is_painted_is_what_the_sheet_says()
    {
        var random = new Random(11);
        var painter = new Painter(new Palette(isColoured: true));
        var (width, height) = (23, 7);
        var terminal = new SmallTerminal(width, height);
        for (var i = 0; i < 400; i++)
        {
            if (i % 50 == 49)
            {
                (width, height) = (random.Next(2, 40), random.Next(1, 12));
                terminal = new SmallTerminal(width, height);
            }

            var sheet = Random(random, width, height);
            terminal.Take(Encoding.UTF8.GetString(painter.Paint(sheet)));
            Assert.Equal(sheet.ToString(), terminal.ToString());
        }
    }

    [Fact]
    public void Nothing_is_written_where_nothing_differs()
    {
        var painter = new Painter(new Palette(isColoured: true));
        Assert.NotEmpty(painter.Paint(Random(new Random(1), 20, 5)));
        Assert.Empty(painter.Paint(Random(new Random(1), 20, 5)));
        painter.Forget();
        Assert.NotEmpty(painter.Paint(Random(new Random(1), 20, 5)));
    }

    [Fact]
    public void A_changed_letter_costs_one_place()
    {
        var painter = new Painter(new Palette(isColoured: false));
        var sheet = new Sheet(20, 5);
        painter.Paint(sheet);
        var next = new Sheet(20, 5);
        next.Put(3, 2, "x", Tone.Plain);
        Assert.Equal("\e[?2026h\e[?25l\e[3;4H\e[0mx\e[0m\e[?2026l", Encoding.UTF8.GetString(painter.Paint(next)));
    }

    [Fact]
    public void Without_colour_no_colour_is_chosen()
    {
        foreach (var tone in Enum.GetValues<Tone>())
        {
            Assert.DoesNotContain("3", new Palette(isColoured: false).Of(tone, isReversed: true), StringComparison.Ordinal);
        }
    }

    private static Sheet Random(Random random, int width, int height)
    {
        string[] pieces = ["abc", "한글", "▶", " ", "é", "─────", "日本", "x", "\x1b[2J", "\u202e", "e\u0301"];
        var sheet = new Sheet(width, height);
        for (var i = 0; i < 6; i++)
        {
            sheet.Put(random.Next(-2, width), random.Next(height), pieces[random.Next(pieces.Length)], (Tone)random.Next(Enum.GetValues<Tone>().Length));
        }

        if (random.Next(2) == 0)
        {
            sheet.Reverse(random.Next(height));
        }

        return sheet;
    }

    /// <summary>As much of a terminal as the painter makes use of: what is written over a wide letter in part breaks it.</summary>
    private sealed class SmallTerminal(int width, int height)
    {
        private readonly Sheet _sheet = new(width, height);
        private int _x;
        private int _y;

        public void Take(string text)
        {
            for (var at = 0; at < text.Length;)
            {
                if (text[at] == '\e')
                {
                    var end = at + 2;
                    while (text[end] is < '@' or > '~')
                    {
                        end++;
                    }

                    Act(text[(at + 2)..end], text[end]);
                    at = end + 1;
                    continue;
                }

                var rune = Rune.GetRuneAt(text, at);
                Assert.NotEqual(0, LetterWidth.Of(rune));

                _x = _sheet.Put(_x, _y, rune.ToString(), Tone.Plain);
                at += rune.Utf16SequenceLength;
            }
        }

        public override string ToString() => _sheet.ToString();

        private void Act(string parameters, char final)
        {
            if (final == 'H')
            {
                var place = parameters.Split(';');
                (_y, _x) = (int.Parse(place[0]) - 1, int.Parse(place[1]) - 1);
            }
            else if (final == 'J')
            {
                _sheet.Clear();
            }
        }
    }
}
