using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.UnitTests.Query;

public sealed class WireTextTests
{
    private static readonly Arbitrary<byte[]> AnyOctets = ArbMap.Default.ArbFor<byte[]>();

    [Theory]
    [InlineData(new byte[] { 0x2F, 0xC3, 0xA9 }, "/é")]
    [InlineData(new byte[] { 0xEC, 0x95, 0x88, 0xF0, 0x9F, 0x98, 0x80 }, "안😀")]
    [InlineData(new byte[] { 0x63, 0xE9, 0x2F, 0xC3, 0xA9 }, @"c\xe9/é")]
    [InlineData(new byte[] { 0xC0, 0xAF }, @"\xc0\xaf")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, @"\xed\xa0\x80")]
    [InlineData(new byte[] { 0x9B, 0x41 }, @"\x9bA")]
    [InlineData(new byte[] { 0xC2, 0x9B, 0x41 }, @"\u009bA")]
    [InlineData(new byte[] { 0xE2, 0x80, 0xAE }, @"\u202e")]
    [InlineData(new byte[] { 0xE2, 0x80 }, @"\xe2\x80")]
    public void Utf_8_is_shown_and_what_is_none_is_escaped(byte[] octets, string expected)
    {
        Assert.Equal(expected, PrintableText.OfWire(Encoding.Latin1.GetString(octets)));
        Assert.Equal(expected, PrintableText.Of(WireText.Of(octets)));
    }

    [Fact]
    public void No_two_texts_become_one() => Prop.ForAll(AnyOctets, octets =>
    {
        var text = WireText.Of(octets);
        var back = new List<byte>();
        for (var at = 0; at < text.Length; at++)
        {
            if (WireText.IsOctet(text, at, out var octet))
            {
                back.Add(octet);
            }
            else
            {
                var length = char.IsHighSurrogate(text[at]) ? 2 : 1;
                back.AddRange(Encoding.UTF8.GetBytes(text.Substring(at, length)));
                at += length - 1;
            }
        }

        return back.SequenceEqual(octets);
    }).QuickCheckThrowOnFailure();

    /// <summary>A text that is cut where a letter is not whole, and goes on later, is the same text.</summary>
    [Fact]
    public void What_is_cut_where_it_is_whole_reads_as_in_one_piece()
    {
        var octets = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("aé안😀z\u00ff")) + "\u00e9\u00e2x\u0080";
        for (var cut = 0; cut <= octets.Length; cut++)
        {
            var whole = WireText.WholeLength(octets[..cut]);
            Assert.InRange(whole, int.Max(0, cut - 3), cut);
            Assert.Equal(WireText.Of(octets), WireText.Of(octets[..whole]) + WireText.Of(octets[whole..]));
        }
    }

    [Theory]
    [InlineData("😀😀😀", 4, "😀…")]
    [InlineData("abcde", 4, "abc…")]
    [InlineData("abcd", 4, "abcd")]
    public void A_text_is_not_cut_through_a_letter(string text, int most, string expected) =>
        Assert.Equal(expected, PrintableText.Shortened(text, most));
}
