using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.UnitTests.Screen;

public sealed class KeyDecoderTests
{
    private static readonly ConsoleKeyInfo Up = new('\0', ConsoleKey.UpArrow, false, false, false);

    [Theory]
    [InlineData('j', ConsoleKey.J, ConsoleModifiers.None, "j")]
    [InlineData('G', ConsoleKey.G, ConsoleModifiers.Shift, "G")]
    [InlineData('/', ConsoleKey.Divide, ConsoleModifiers.None, "/")]
    [InlineData('ㅎ', ConsoleKey.None, ConsoleModifiers.None, "ㅎ")]
    [InlineData(' ', ConsoleKey.Spacebar, ConsoleModifiers.None, "Space")]
    [InlineData('\x04', ConsoleKey.D, ConsoleModifiers.Control, "Ctrl-d")]
    [InlineData('\x03', ConsoleKey.C, ConsoleModifiers.Control, "Ctrl-c")]
    [InlineData('\x1C', ConsoleKey.D4, ConsoleModifiers.Control, "Ctrl-\\")]
    [InlineData('\0', ConsoleKey.D2, ConsoleModifiers.Control, "Ctrl-Space")]
    [InlineData('x', ConsoleKey.X, ConsoleModifiers.Alt, "Alt-x")]
    [InlineData('\r', ConsoleKey.Enter, ConsoleModifiers.None, "Enter")]
    [InlineData('\t', ConsoleKey.Tab, ConsoleModifiers.None, "Tab")]
    [InlineData('\t', ConsoleKey.Tab, ConsoleModifiers.Shift, "BackTab")]
    [InlineData('\x7F', ConsoleKey.Backspace, ConsoleModifiers.None, "Backspace")]
    [InlineData('\0', ConsoleKey.PageDown, ConsoleModifiers.None, "PageDown")]
    [InlineData('\0', ConsoleKey.LeftArrow, ConsoleModifiers.Control, "Ctrl-Left")]
    [InlineData('\0', ConsoleKey.F5, ConsoleModifiers.None, "F5")]
    [InlineData('\0', ConsoleKey.Delete, ConsoleModifiers.Shift, "Shift-Delete")]
    [InlineData('\u0085', ConsoleKey.None, ConsoleModifiers.None, "")]
    [InlineData('\0', ConsoleKey.None, ConsoleModifiers.None, "")]
    public void Single_keys_have_names(char letter, ConsoleKey key, ConsoleModifiers modifiers, string name)
    {
        var decoder = new KeyDecoder();
        decoder.Take(new ConsoleKeyInfo(
            letter,
            key,
            modifiers.HasFlag(ConsoleModifiers.Shift),
            modifiers.HasFlag(ConsoleModifiers.Alt),
            modifiers.HasFlag(ConsoleModifiers.Control)));
        Assert.Equal(name, Names(decoder));
        Assert.Null(decoder.Patience);
    }

    [Theory]
    [InlineData("\e", "Escape")]
    [InlineData("\e\e", "Escape Escape")]
    [InlineData("\ex", "Alt-x")]
    [InlineData("\e[", "Alt-[")]
    [InlineData("\eO", "Alt-O")]
    [InlineData("\e[A", "Up")]
    [InlineData("\e[1;5C", "Ctrl-Right")]
    [InlineData("\e[1;4H", "Alt-Shift-Home")]
    [InlineData("\e[3~", "Delete")]
    [InlineData("\e[15~\e[17;2~\e[24~", "F5 Shift-F6 F12")]
    [InlineData("\eOP", "F1")]
    [InlineData("\e[Z", "BackTab")]
    [InlineData("\e[I\e[Oj", "j")]
    [InlineData("\e[?1;2cj", "j")]
    [InlineData("\e[999999999999Aj", "j")]
    [InlineData("\e[1;2;3;4Aj", "j")]
    [InlineData("\e[M !!j", "j")]
    [InlineData("\e[5", "")]
    [InlineData("😀", "😀")]
    public void Sequences_come_letter_by_letter(string letters, string names)
    {
        var decoder = new KeyDecoder();
        Type(decoder, letters);
        decoder.Settle();
        Assert.Equal(names, Names(decoder));
        Assert.Null(decoder.Patience);
    }

    [Fact]
    public void A_sequence_without_end_is_passed_over()
    {
        var decoder = new KeyDecoder();
        Type(decoder, "\e[" + new string('1', 1_000_000) + "~j");
        Assert.Equal("j", Names(decoder));
    }

    [Fact]
    public void A_sequence_is_waited_for_and_a_key_that_cannot_go_on_with_it_is_one_of_its_own()
    {
        var decoder = new KeyDecoder();
        Type(decoder, "\e[1");
        Assert.Equal(TimeSpan.FromMilliseconds(50), decoder.Patience);
        Assert.Equal("", Names(decoder));
        decoder.Take(Up);
        Assert.Equal("Up", Names(decoder));
        Type(decoder, "\e");
        decoder.Take(Up);
        Assert.Equal("Alt-Up", Names(decoder));
    }

    [Fact]
    public void Two_letters_that_came_together_may_begin_a_sequence()
    {
        var decoder = new KeyDecoder();
        decoder.Take(new ConsoleKeyInfo('[', ConsoleKey.None, false, alt: true, false));
        Type(decoder, "<65;10;20M");
        Assert.Equal("WheelDown", Names(decoder));
    }

    [Theory]
    [InlineData("\e[<0;1;1M", KeyCode.MousePress, 0, 0, 0, KeyModifiers.None)]
    [InlineData("\e[<2;200;60m", KeyCode.MouseRelease, 2, 199, 59, KeyModifiers.None)]
    [InlineData("\e[<32;5;6M", KeyCode.MouseDrag, 0, 4, 5, KeyModifiers.None)]
    [InlineData("\e[<20;5;6M", KeyCode.MousePress, 0, 4, 5, KeyModifiers.Shift | KeyModifiers.Control)]
    [InlineData("\e[<64;5;6M", KeyCode.WheelUp, 0, 4, 5, KeyModifiers.None)]
    [InlineData("\e[<73;5;6M", KeyCode.WheelDown, 0, 4, 5, KeyModifiers.Alt)]
    public void The_mouse_says_what_where_and_with_which_keys(string letters, KeyCode code, int button, int column, int row, KeyModifiers modifiers)
    {
        var decoder = new KeyDecoder();
        Type(decoder, letters);
        Assert.True(decoder.TryNext(out var key));
        Assert.Equal(Key.Mouse(code, button, column, row, modifiers), key);
    }

    [Theory]
    [InlineData("\e[<0;0;1M")]
    [InlineData("\e[<0;1M")]
    [InlineData("\e[<0;1;1;1M")]
    [InlineData("\e[<35;5;6M")]
    [InlineData("\e[<66;5;6M")]
    [InlineData("\e[<128;5;6M")]
    [InlineData("\e[<-1;5;6M")]
    [InlineData("\e[<;;M")]
    [InlineData("\e[<99999999999;5;6M")]
    public void What_the_mouse_cannot_say_is_passed_over(string letters)
    {
        var decoder = new KeyDecoder();
        Type(decoder, letters + "j");
        Assert.Equal("j", Names(decoder));
    }

    [Theory]
    [InlineData("\e]11;rgb:1e1e/2a2a/ffff\e\\", 0x1E, 0x2A, 0xFF)]
    [InlineData("\e]11;rgb:1e/2a/ff\a", 0x1E, 0x2A, 0xFF)]
    [InlineData("\e]11;rgb:f/0/8\x9C", 0xFF, 0, 0x88)]
    [InlineData("\e]11;rgba:0000/8000/ffff/ffff\a", 0, 0x80, 0xFF)]
    public void A_background_that_is_told_is_no_key_however_it_is_cut(string letters, byte r, byte g, byte b)
    {
        for (var cut = 1; cut <= letters.Length; cut++)
        {
            var decoder = new KeyDecoder { IsAnswerDue = true };
            Type(decoder, letters[..cut]);

            // Longer than a network pauses within what was sent at once.
            Assert.True(cut == letters.Length || decoder.Patience >= TimeSpan.FromMilliseconds(500));
            Type(decoder, letters[cut..] + "j");
            Assert.True(decoder.TryNext(out var key));
            Assert.Equal(Key.BackgroundIs(Colour.Rgb(r, g, b)), key);
            Assert.Equal("j", Names(decoder));
        }
    }

    [Fact]
    public void An_answer_that_comes_when_none_is_waited_for_is_no_key_either()
    {
        var decoder = new KeyDecoder();
        decoder.Take(new ConsoleKeyInfo(']', ConsoleKey.None, false, alt: true, false));
        Type(decoder, "11;rgb:0/0/0");
        decoder.Take(new ConsoleKeyInfo('\\', ConsoleKey.None, false, alt: true, false));
        Type(decoder, "j");
        Assert.Equal("Background j", Names(decoder));
    }

    [Theory]
    [InlineData("\e]", "Alt-]")]
    [InlineData("\e]11", "Alt-] 1 1")]
    [InlineData("\e]2j", "Alt-] 2 j")]
    [InlineData("\e]11;rgb:1e1e/2a2a/", "")]
    [InlineData("\e]11;rgb:1e1e/2a2a/ffff\e", "Background")]
    [InlineData("\e]11;rgb:1/2\aj", "j")]
    [InlineData("\e]11;rgb:1/2/\aj", "j")]
    [InlineData("\e]11;rgb:11111/2/3\aj", "j")]
    [InlineData("\e]11;rgb:1j", "j")]
    [InlineData("\e]11;rgb:123456789/123456789/123456789/123456789\aj", "j")]
    public void What_is_no_answer_are_keys_and_what_is_none_that_can_be_read_is_nothing(string letters, string names)
    {
        var decoder = new KeyDecoder();
        Type(decoder, letters);
        decoder.Settle();
        Assert.Equal(names, Names(decoder));
        Assert.Null(decoder.Patience);
    }

    [Fact]
    public void An_escape_character_is_a_key_at_once_where_no_answer_is_due()
    {
        var decoder = new KeyDecoder();
        Type(decoder, "\e");
        Assert.Equal(TimeSpan.FromMilliseconds(50), decoder.Patience);
    }

    [Theory]
    [InlineData("\e[200~conn.to == \"app\"\e[201~", "conn.to == \"app\"")]
    [InlineData("\e[200~a\rb\e[20\e[201~", "a\nb\e[20")]
    [InlineData("\e[200~q:quit\e\e[201~", "q:quit\e")]
    [InlineData("\e[200~\e[201~", "")]
    public void What_is_pasted_is_one_key(string letters, string text)
    {
        var decoder = new KeyDecoder();
        Type(decoder, letters + "j");
        Assert.True(decoder.TryNext(out var key));
        Assert.Equal(Key.Paste(text), key);
        Assert.Equal("j", Names(decoder));
    }

    [Fact]
    public void A_paste_is_kept_up_to_a_limit_and_ends_where_nothing_more_comes()
    {
        var decoder = new KeyDecoder();
        Type(decoder, "\e[200~" + new string('x', 1_000_000));
        Assert.Equal(TimeSpan.FromSeconds(2), decoder.Patience);
        decoder.Settle();
        Assert.True(decoder.TryNext(out var key));
        Assert.Equal(64 * 1024, key.Text!.Length);
        Type(decoder, "j");
        Assert.Equal("j", Names(decoder));
    }

    private static void Type(KeyDecoder decoder, string letters)
    {
        foreach (var letter in letters)
        {
            decoder.Take(new ConsoleKeyInfo(letter, letter == '\e' ? ConsoleKey.Escape : ConsoleKey.None, false, false, false));
        }
    }

    private static string Names(KeyDecoder decoder)
    {
        List<string> names = [];
        while (decoder.TryNext(out var key))
        {
            names.Add(key.ToString());
        }

        return string.Join(' ', names);
    }
}
