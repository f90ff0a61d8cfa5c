using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Filter;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture.Filter;

public class FilterErrorPlaceTests
{
    /// <summary>The token that is wrong stands between brackets; at the end, where the filter ends too soon.</summary>
    [Theory]
    [InlineData("tcp [prt] 80")]
    [InlineData("tcp port [and] host 192.0.2.1")]
    [InlineData("port [99999]")]
    [InlineData("(tcp port 80[]")]
    [InlineData("tcp and []")]
    [InlineData("tcp port 80[)]")]
    [InlineData("tcp portrange 80-90 [foo]")]
    public void The_token_is_found(string marked)
    {
        var start = marked.IndexOf('[', StringComparison.Ordinal);
        var length = marked.IndexOf(']', StringComparison.Ordinal) - start - 1;
        var filter = marked.Remove(start + length + 1, 1).Remove(start, 1);
        try
        {
            PacketFilter.Compile(filter, LinkType.Ethernet, out var error);
            var refusal = PacketFilter.Refusal(filter, LinkType.Ethernet, Assert.IsType<string>(error));
            Assert.Equal((start == filter.Length || length == 0 ? filter.TrimEnd().Length : start, length), (refusal.Start, refusal.Length));
        }
        catch (CaptureFormatException missing)
        {
            Assert.Contains("libpcap", missing.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_token_that_libpcap_names_is_taken_at_its_word() =>
        Assert.Equal((5, 4), FilterErrorPlace.Find("host nope or tcp", "unknown host 'nope'", _ => false));
}
