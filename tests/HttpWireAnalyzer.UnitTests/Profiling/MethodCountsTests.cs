using HttpWireAnalyzer.Profiling;

namespace HttpWireAnalyzer.UnitTests.Profiling;

public sealed class MethodCountsTests
{
    private const int BlockOfFourOctets = 0x41;

    [Theory]
    [InlineData("00", 0)]
    [InlineData("02", 1)]
    [InlineData("7F", -1)]
    [InlineData("7E", 63)]
    [InlineData("01", -64)]
    [InlineData("8080", 64)]
    [InlineData("BFFE", 8191)]
    [InlineData("8001", -8192)]
    [InlineData("C000010000", 65536)]
    [InlineData("C0FFFFFFFE", -2)]
    [InlineData("C10000000100000000", 4294967296)]
    public void A_number_is_read_whole(string octets, long expected)
    {
        ReadOnlySpan<byte> rest = Convert.FromHexString(octets + "05");

        Assert.Equal(expected, CompressedNumber.Read(ref rest));
        Assert.Equal(1, rest.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("C0000000")]
    [InlineData("C1000000000000")]
    public void A_number_that_ends_early_is_refused(string octets) => Assert.Throws<InvalidDataException>(() =>
    {
        ReadOnlySpan<byte> rest = Convert.FromHexString(octets);
        return CompressedNumber.Read(ref rest);
    });

    [Fact]
    public void A_counter_is_what_changed_since_the_one_before()
    {
        Assert.Equal([(0, BlockOfFourOctets, 5), (3, BlockOfFourOctets, 7)], Told(Counts()));
        Assert.Equal(5, Counts().Entries);
    }

    [Fact]
    public void Runs_are_added_up()
    {
        var counts = Counts();
        counts.Add(Counts());

        Assert.Equal([(0, BlockOfFourOctets, 10), (3, BlockOfFourOctets, 14)], Told(counts));
    }

    [Fact]
    public void What_was_compiled_otherwise_is_left_out()
    {
        var counts = Counts();
        counts.Add(MethodCounts.Decode(Convert.FromHexString("1E008082" + "0200" + "0A" + "04BF7F")));

        Assert.Equal(Told(Counts()), Told(counts));
    }

    /// <summary>A block's counter at instruction 0, with 5, one at instruction 3, with 2 more, and the end.</summary>
    private static MethodCounts Counts() =>
        MethodCounts.Decode(Convert.FromHexString("1E008082" + "0200" + "0A" + "020604" + "04BF7F"));

    private static IEnumerable<(int Offset, int Kind, long Value)> Told(MethodCounts counts) =>
        counts.Counters.Select(counter => (counter.Offset, counter.Kind, Assert.Single(counter.Values)));
}
