using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.UnitTests.Screen;

/// <summary>
/// As much of a terminal as the painter speaks to: letters, SGR, cursor moves and erasing. It fails at any other octet.
/// Widths come from a list of its own; what stands behind a wide letter, half overwritten, is gone.
/// </summary>
internal sealed class TerminalEmulator
{
    private readonly string[,] _letters;
    private readonly Style[,] _styles;
    private readonly int _width;
    private readonly int _height;
    private Style _pen;
    private int _x;
    private int _y;

    public TerminalEmulator(int width, int height)
    {
        (_width, _height) = (width, height);
        (_letters, _styles) = (new string[height, width], new Style[height, width]);

        // What was on the screen before is no blank.
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                (_letters[y, x], _styles[y, x]) = ("#", new Style(Colour.Red, Colour.Blue));
            }
        }
    }

    public (int X, int Y)? Cursor { get; private set; }

    public bool IsUpdating { get; private set; }

    public string LetterAt(int x, int y) => _letters[y, x];

    public Style StyleAt(int x, int y) => _styles[y, x];

    public void Take(ReadOnlySpan<byte> octets)
    {
        var text = Encoding.UTF8.GetString(octets);
        Assert.DoesNotContain('\uFFFF', text);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '\e')
            {
                Assert.Equal('[', text[at + 1]);
                var end = at + 2;
                while (text[end] is < '@' or > '~')
                {
                    end++;
                }

                Obey(text[(at + 2)..end], text[end]);
                at = end + 1;
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(at), out var letter, out var length);
            Print(letter);
            at += length;
        }
    }

    private void Obey(string parameters, char final)
    {
        // Behind the last column terminals wait with the next line: only a place or a style may follow.
        Assert.True(_x < _width || final is not ('C' or 'K'), $"CSI {parameters} {final} behind the last column");
        switch (final)
        {
            case 'h' or 'l' when parameters == "?2026":
                Assert.NotEqual(IsUpdating, final == 'h');
                IsUpdating = final == 'h';
                break;
            case 'h' or 'l' when parameters == "?25":
                Assert.True(final == 'l' || _x < _width);
                Cursor = final == 'h' ? (_x, _y) : null;
                break;
            case 'H':
                var place = parameters.Split(';');
                _y = Number(place[0], 1) - 1;
                _x = place.Length > 1 ? Number(place[1], 1) - 1 : 0;
                break;
            case 'C':
                _x += Number(parameters, 1);
                Assert.InRange(_x, 0, _width - 1);
                break;
            case 'J':
                Assert.Equal("2", parameters);
                for (var y = 0; y < _height; y++)
                {
                    Erase(y, 0);
                }

                break;
            case 'K':
                Assert.Equal("", parameters);
                Erase(_y, _x);
                break;
            case 'm':
                Select(parameters.Split(';').Select(number => Number(number, 0)).ToArray());
                break;
            default:
                Assert.Fail($"CSI {parameters} {final}");
                break;
        }

        Assert.InRange(_x, 0, _width);
        Assert.InRange(_y, 0, _height - 1);
    }

    private void Print(Rune letter)
    {
        Assert.False(Rune.IsControl(letter), $"U+{letter.Value:X4}");
        if (Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        {
            var on = _letters[_y, _x - 1].Length == 0 ? _x - 2 : _x - 1;
            _letters[_y, on] += letter.ToString();
            return;
        }

        var width = IsWide(letter.Value) ? 2 : 1;
        Assert.InRange(_x, 0, _width - width);
        for (var i = 0; i < width; i++)
        {
            Break(_x + i);
            (_letters[_y, _x + i], _styles[_y, _x + i]) = (i == 0 ? letter.ToString() : "", _pen);
        }

        _x += width;
    }

    /// <summary>The other half of a wide letter is gone.</summary>
    private void Break(int x)
    {
        if (_letters[_y, x].Length == 0)
        {
            _letters[_y, x - 1] = " ";
        }

        if (x + 1 < _width && _letters[_y, x + 1].Length == 0)
        {
            _letters[_y, x + 1] = " ";
        }

        _letters[_y, x] = " ";
    }

    private void Erase(int y, int from)
    {
        if (from > 0 && _letters[y, from].Length == 0)
        {
            _letters[y, from - 1] = " ";
        }

        for (var x = from; x < _width; x++)
        {
            // With the background that is selected, as xterm does.
            (_letters[y, x], _styles[y, x]) = (" ", new Style(Colour.Default, _pen.Background));
        }
    }

    private void Select(int[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var number = numbers[i];
            _pen = number switch
            {
                0 => Style.Plain,
                1 => _pen.With(TextAttributes.Bold),
                2 => _pen.With(TextAttributes.Dim),
                3 => _pen.With(TextAttributes.Italic),
                4 => _pen.With(TextAttributes.Underline),
                7 => _pen.With(TextAttributes.Reverse),
                22 => Without(TextAttributes.Bold | TextAttributes.Dim),
                23 => Without(TextAttributes.Italic),
                24 => Without(TextAttributes.Underline),
                27 => Without(TextAttributes.Reverse),
                >= 30 and <= 37 => _pen with { Foreground = Colour.Indexed(number - 30) },
                38 => _pen with { Foreground = Extended(numbers, ref i) },
                39 => _pen with { Foreground = Colour.Default },
                >= 40 and <= 47 => _pen with { Background = Colour.Indexed(number - 40) },
                48 => _pen with { Background = Extended(numbers, ref i) },
                49 => _pen with { Background = Colour.Default },
                >= 90 and <= 97 => _pen with { Foreground = Colour.Indexed(number - 90 + 8) },
                >= 100 and <= 107 => _pen with { Background = Colour.Indexed(number - 100 + 8) },
                _ => throw new InvalidOperationException($"SGR {number}"),
            };
        }
    }

    private static Colour Extended(int[] numbers, ref int i)
    {
        if (numbers[i + 1] == 5)
        {
            i += 2;
            return OfPalette(numbers[i]);
        }

        Assert.Equal(2, numbers[i + 1]);
        i += 4;
        return Colour.Rgb((byte)numbers[i - 2], (byte)numbers[i - 1], (byte)numbers[i]);
    }

    /// <summary>xterm's 256, from 16 on: a cube of 6 x 6 x 6, and 24 greys.</summary>
    private static Colour OfPalette(int number)
    {
        Assert.InRange(number, 16, 255);
        if (number >= 232)
        {
            var grey = (byte)(8 + (10 * (number - 232)));
            return Colour.Rgb(grey, grey, grey);
        }

        var place = number - 16;
        return Colour.Rgb(Shade(place / 36), Shade(place / 6 % 6), Shade(place % 6));

        static byte Shade(int step) => (byte)(step == 0 ? 0 : 55 + (40 * step));
    }

    private Style Without(TextAttributes attributes) => _pen with { Attributes = _pen.Attributes & ~attributes };

    private static int Number(string text, int otherwise) =>
        text.Length == 0 ? otherwise : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool IsWide(int letter) => letter is (>= 0xAC00 and <= 0xD7A3) or (>= 0x4E00 and <= 0x9FFF) or (>= 0x1F300 and <= 0x1F64F);
}
