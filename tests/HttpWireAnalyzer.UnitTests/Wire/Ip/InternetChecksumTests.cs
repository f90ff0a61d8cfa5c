using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Wire.Ip;

public sealed class InternetChecksumTests
{
    [Fact]
    public void Agrees_with_the_words_of_the_rfc_added_one_by_one() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 400).SelectMany(length => Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>(), length))),
        octets => Sum(octets) == FrameBuilder.Checksum(octets)).QuickCheckThrowOnFailure();

    [Fact]
    public void Agrees_at_every_length_and_alignment()
    {
        var octets = Enumerable.Range(0, 300).Select(index => (byte)((index * 197) + 3)).ToArray();
        for (var from = 0; from < 40; from++)
        {
            for (var to = from; to <= octets.Length; to++)
            {
                Assert.Equal(FrameBuilder.Checksum(octets.AsSpan(from..to)), Sum(octets.AsSpan(from..to)));
            }
        }
    }

    [Fact]
    public void Carries_of_long_runs_are_not_lost()
    {
        var ones = new byte[3_000_001];
        Array.Fill<byte>(ones, 0xFF);

        Assert.Equal(FrameBuilder.Checksum(ones), Sum(ones));
    }

    [Fact]
    public void Example_of_rfc_1071() =>
        Assert.Equal(0xDDF2, Sum([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]));

    private static ushort Sum(ReadOnlySpan<byte> octets) => InternetChecksum.InNetworkOrder(InternetChecksum.Words(octets));
}
