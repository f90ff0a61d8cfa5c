using System.Text;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2.Hpack;

namespace HttpWireAnalyzer.UnitTests.Http.Http2;

/// <summary>Field blocks: those of RFC 7541 appendix C, broken ones, and those that refer to what was not seen.</summary>
public sealed class HpackDecoderTests
{
    private const string Date21 = "Mon, 21 Oct 2013 20:13:21 GMT";
    private const string Date22 = "Mon, 21 Oct 2013 20:13:22 GMT";
    private const string Cookie = "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";

    /// <summary>Table size 256, as the examples of responses have it.</summary>
    private const string Size256 = "3fe101";

    [Theory]
    [InlineData("400a637573746f6d2d6b65790d637573746f6d2d686561646572", "custom-key: custom-header")]
    [InlineData("040c2f73616d706c652f70617468", ":path: /sample/path")]
    [InlineData("100870617373776f726406736563726574", "password: secret")]
    [InlineData("82", ":method: GET")]
    public void Fields_of_appendix_C_2(string block, string field) => Assert.Equal([field], Decode(new HpackDecoder(HttpLimits.Default), block));

    [Theory]
    [InlineData(
        "828684410f7777772e6578616d706c652e636f6d", "828684be58086e6f2d6361636865",
        "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565")]
    [InlineData(
        "828684418cf1e3c2e5f23a6ba0ab90f4ff", "828684be5886a8eb10649cbf", "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf")]
    public void Requests_of_appendix_C_3_and_C_4(string first, string second, string third)
    {
        HpackDecoder decoder = new(HttpLimits.Default);

        Assert.Equal([":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"], Decode(decoder, first));
        Assert.Equal(
            [":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com", "cache-control: no-cache"],
            Decode(decoder, second));
        Assert.Equal(
            [":method: GET", ":scheme: https", ":path: /index.html", ":authority: www.example.com", "custom-key: custom-value"],
            Decode(decoder, third));
    }

    [Theory]
    [InlineData(
        "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e17"
        + "68747470733a2f2f7777772e6578616d706c652e636f6d",
        "4803333037c1c0bf",
        "88c1611d4d6f6e2c203231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b48514b425a"
        + "584f5157454f50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31")]
    [InlineData(
        "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3",
        "4883640effc1c0bf",
        "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1"
        + "ab270fb5291f9587316065c003ed4ee5b1063d5007")]
    public void Responses_of_appendix_C_5_and_C_6(string first, string second, string third)
    {
        HpackDecoder decoder = new(HttpLimits.Default);
        const string Location = "location: https://www.example.com";

        Assert.Equal([":status: 302", "cache-control: private", "date: " + Date21, Location], Decode(decoder, Size256 + first));

        // The table holds 222 octets: the oldest field leaves.
        Assert.Equal([":status: 307", "cache-control: private", "date: " + Date21, Location], Decode(decoder, second));
        Assert.Equal(
            [":status: 200", "cache-control: private", "date: " + Date22, Location, "content-encoding: gzip", "set-cookie: " + Cookie],
            Decode(decoder, third));
    }

    [Theory]
    [InlineData("80", "index 0 (§6.1)")]
    [InlineData("be", "an index beyond the tables (§2.3.3)")]
    [InlineData("ff", "an integer that is cut off")]
    [InlineData("ffffffffffffffffffff7f", "an integer beyond 64 bits (§5.1)")]
    [InlineData("000561", "a string that is cut off")]
    [InlineData("0081ff00", "padding of eight bits (§5.2)")]
    [InlineData("00811800", "padding that is not the beginning of EOS (§5.2)")]
    [InlineData("0084ffffffff00", "EOS in a string (§5.2)")]
    public void What_cannot_be_decoded_is_said_so(string block, string why)
    {
        HpackDecoder decoder = new(HttpLimits.Default);

        Assert.True(decoder.Decode(Convert.FromHexString(block), []).HasFlag(HpackOutcome.Broken), why);

        // What the rest had put into the table is not known: indices beyond it are marked now.
        Assert.Equal(["<dyn 62>: <dyn 62>"], Decode(decoder, "be"));
    }

    [Fact]
    public void After_a_hole_indices_are_marked_and_new_ones_are_right()
    {
        HpackDecoder decoder = new(HttpLimits.Default);
        Decode(decoder, "400161016b");
        decoder.Forget();
        List<HpackField> fields = [];

        var outcome = decoder.Decode(Convert.FromHexString("be" + "4001620176" + "be" + "bf" + "7f000177"), fields);

        Assert.Equal(HpackOutcome.Unknown, outcome);
        Assert.Equal(["<dyn 62>: <dyn 62>", "b: v", "b: v", "<dyn 63>: <dyn 63>", "<dyn 63>: w"], Texts(fields));
        Assert.Equal(
            [UnknownParts.Both, UnknownParts.None, UnknownParts.None, UnknownParts.Both, UnknownParts.Name],
            fields.Select(field => field.Unknown));
    }

    [Fact]
    public void A_size_above_what_the_other_end_allows_is_followed_and_said()
    {
        HpackDecoder decoder = new(HttpLimits.Default);

        Assert.Equal(HpackOutcome.TableTooLarge, decoder.Decode(Convert.FromHexString("3fe13f"), []));
        Assert.Equal(HpackOutcome.None, decoder.Decode(Convert.FromHexString("3fe11f"), []));
    }

    [Fact]
    public void A_table_that_claims_to_be_huge_is_kept_in_part()
    {
        HpackDecoder decoder = new(HttpLimits.Default with { FieldTableOctets = 100 }) { AllowedTableSize = int.MaxValue };
        Decode(decoder, "3fe1ff7f" + "400161016b" + "400162016b" + "400163016b");

        // Two of 34 octets each fit into 100; of the third it is only known that it may be there.
        Assert.Equal(["c: k", "b: k", "<dyn 64>: <dyn 64>"], Decode(decoder, "bebfc0"));
    }

    [Fact]
    public void A_small_block_with_a_huge_list_is_kept_in_part()
    {
        HpackDecoder decoder = new(HttpLimits.Default);
        var large = "40" + "0161" + "7fa01e" + string.Concat(Enumerable.Repeat("78", 0x7F + 0x20 + (0x1E << 7)));
        List<HpackField> fields = [];

        var outcome = decoder.Decode(
            [.. Convert.FromHexString(large), .. Enumerable.Repeat((byte)0xBE, 30_000)], fields);

        Assert.Equal(HpackOutcome.TooLong, outcome);
        Assert.True(fields.Sum(field => field.Size) <= HttpLimits.Default.HeadOctets);
        Assert.Equal(16, fields.Count);
    }

    [Fact]
    public void Any_octets_decode_or_say_why()
    {
        Random random = new(7541);
        HpackDecoder decoder = new(HttpLimits.Default);
        var block = new byte[64];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(block);
            decoder.Decode(block.AsSpan(0, random.Next(block.Length)), []);
        }
    }

    [Theory]
    [InlineData("0a", 5, 10)]
    [InlineData("1f9a0a", 5, 1337)]
    [InlineData("2a", 8, 42)]
    public void Integers_of_appendix_C_1(string octets, int prefix, int value)
    {
        ReadOnlySpan<byte> rest = Convert.FromHexString(octets);

        Assert.True(HpackInteger.TryTake(ref rest, prefix, out var read));
        Assert.Equal((value, 0), (read, rest.Length));
    }

    [Fact]
    public void Every_octet_has_a_code_and_every_cut_of_it_is_none()
    {
        // Of appendix B: the shortest, and the last of each kind of length.
        foreach (var (octets, symbol) in new[] { ("07", (byte)'0'), ("53", (byte)' '), ("fffe1f", (byte)'\\'), ("fffffbbf", (byte)255) })
        {
            var room = new byte[16];
            var code = Convert.FromHexString(octets);
            var decoded = HuffmanCode.TryDecode(code, room, out var length);
            Assert.Equal((true, 1, symbol), (decoded, length, room[0]));
            Assert.False(code.Length > 1 && HuffmanCode.TryDecode(code.AsSpan(0, code.Length - 1), room, out _));
        }
    }

    private static List<string> Decode(HpackDecoder decoder, string block)
    {
        List<HpackField> fields = [];
        Assert.False(decoder.Decode(Convert.FromHexString(block), fields).HasFlag(HpackOutcome.Broken));
        return Texts(fields);
    }

    private static List<string> Texts(List<HpackField> fields) =>
        [.. fields.Select(field => $"{Encoding.Latin1.GetString(field.Name)}: {Encoding.Latin1.GetString(field.Value)}")];
}
