using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.UnitTests.Query;

public class PrintableTextTests
{
    private static readonly Arbitrary<string> AnyText = ArbMap.Default.ArbFor<char[]>()
        .Convert(letters => new string(letters), text => text.ToCharArray());

    [Fact]
    public void Text_never_carries_what_a_terminal_acts_on() =>
        Prop.ForAll(AnyText, text => !PrintableText.Of(text).Any(IsDangerous)).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_octet_as_latin_1_comes_out_harmless()
    {
        var all = Encoding.Latin1.GetString([.. Enumerable.Range(0, 256).Select(octet => (byte)octet)]);
        Assert.DoesNotContain(PrintableText.Of(all), IsDangerous);
    }

    [Fact]
    public void Json_never_carries_a_raw_control_or_bidi_character() =>
        Prop.ForAll(AnyText, text => !Json(text).TrimEnd('\n').Any(IsDangerous)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("plain /a?b=c&d", "plain /a?b=c&d")]
    [InlineData("\u001b]0;x\u0007", @"\x1b]0;x\x07")]
    [InlineData("a\tb\r\nc\\", @"a\tb\r\nc\\")]
    [InlineData("\u202egpj.exe", @"\u202egpj.exe")]
    [InlineData("안녕 é 😀", "안녕 é 😀")]
    public void What_is_replaced_can_be_read_back(string text, string expected) =>
        Assert.Equal(expected, PrintableText.Of(text));

    [Theory]
    [InlineData(@"C:\caps\x.pcap: no such file")]
    [InlineData("a\u001b\tb\\\u202e")]
    public void In_a_message_a_backslash_stays_and_nothing_is_escaped_twice(string text)
    {
        var once = PrintableText.OfMessage(text);
        Assert.DoesNotContain(once, IsDangerous);
        Assert.Equal(once, PrintableText.OfMessage(once));
        Assert.Equal(text.Count(letter => letter == '\\' || IsDangerous(letter)), once.Count(letter => letter == '\\'));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_escaped() =>
        Assert.Equal(@"\ud800x", PrintableText.Of(new string(['\ud800', 'x'])));

    [Fact]
    public void Json_gives_ordinary_text_back()
    {
        const string Text = "/a?b=<c>&d='é안'\"\\\u001b";
        Assert.Equal(Text, JsonDocument.Parse(Json(Text)).RootElement.GetProperty("remark.found").GetString());
    }

    /// <summary>Octets that are no UTF-8 are read as Latin-1, each by itself (docs/json.md).</summary>
    [Fact]
    public void Json_has_utf_8_as_such_and_other_octets_as_latin_1()
    {
        var text = WireText.Of([.. "/é💀"u8, 0xE9, 0x85]);
        Assert.Equal("/é💀é\u0085", JsonDocument.Parse(Json(text)).RootElement.GetProperty("remark.found").GetString());
    }

    private static string Json(string text)
    {
        using var output = new MemoryStream();
        var lines = new JsonLines(output);
        lines.Begin(CaptureFields.RemarkSet);
        lines.Text(CaptureFields.RemarkSet.Find("remark.found")!, text);
        lines.End();
        lines.Flush();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static bool IsDangerous(char letter) => char.IsControl(letter)
        || letter is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
