using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.UnitTests.Reporting;

public class ShellWordTests
{
    [Theory]
    [InlineData("/caps/a_1.b+c:d-e.pcap", "/caps/a_1.b+c:d-e.pcap")]
    [InlineData("a b.pcap", "'a b.pcap'")]
    [InlineData("a|b`c`<d>*?#~!.pcap", "'a|b`c`<d>*?#~!.pcap'")]
    [InlineData(@"a\b.pcap", @"'a\b.pcap'")]
    [InlineData("it's.pcap", @"'it'\''s.pcap'")]
    [InlineData("캡처.pcap", "'캡처.pcap'")]
    [InlineData("a\u001b\\'.pcap", @"$'a\x1b\\\'.pcap'")]
    [InlineData("", "''")]
    public void A_shell_reads_the_name_back(string name, string expected) => Assert.Equal(expected, ShellWord.Of(name));
}
