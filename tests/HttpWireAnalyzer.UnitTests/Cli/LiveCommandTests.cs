using System.Text;
using HttpWireAnalyzer.Cli;

namespace HttpWireAnalyzer.UnitTests.Cli;

/// <summary>Command lines of hwa live that never get as far as an interface.</summary>
public class LiveCommandTests
{
    [Theory]
    [InlineData("which interface?", "live")]
    [InlineData("which interface?", "live", "tcp", "port", "80")]
    [InlineData("-a takes duration:SECONDS or packets:NUMBER, not 'files:3'.", "live", "-i", "lo", "-a", "files:3")]
    [InlineData("-a takes duration:SECONDS or packets:NUMBER, not 'duration:-1'.", "live", "-i", "lo", "-a", "duration:-1")]
    [InlineData("-s takes a number of octets from 1 to 262144, not '0'.", "live", "-i", "lo", "-s", "0")]
    [InlineData("-B takes a number of MiB from 1 to 2047, not 'many'.", "live", "-i", "lo", "-B", "many")]
    [InlineData("-Q takes in, out or inout, not 'up'.", "live", "-i", "lo", "-Q", "up")]
    [InlineData("--only takes conns, exchanges, not 'pools'.", "live", "-i", "lo", "--only", "pools")]
    [InlineData("--max-open takes a number of connections, not '0'.", "live", "-i", "lo", "--max-open", "0")]
    [InlineData("a capture filter stands behind -f or at the end, not both.", "live", "-i", "lo", "-f", "tcp", "port", "80")]
    [InlineData("no such option: --jsn.", "live", "-i", "lo", "--jsn")]
    [InlineData("hwa interfaces takes --all, not 'x'.", "interfaces", "x")]
    [InlineData("hwa doctor takes nothing, not 'x'.", "doctor", "x")]
    public void A_command_line_that_cannot_be_followed_says_how_it_could(string expected, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();

        var code = Hwa.Run(args, new Terminal { Input = Stream.Null, Output = output, Error = error });

        Assert.Equal((2, ""), (code, Encoding.UTF8.GetString(output.ToArray())));
        Assert.StartsWith("hwa: " + expected, error.ToString(), StringComparison.Ordinal);
    }
}
