using System.Text;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.Cli.Live;

namespace HttpWireAnalyzer.UnitTests.Cli;

/// <summary>Command lines of hwa live and hwa capture that never get as far as an interface.</summary>
public class LiveCommandTests
{
    [Theory]
    [InlineData("which interface?", "live")]
    [InlineData("which interface?", "live", "tcp", "port", "80")]
    [InlineData("-b, --force, -a filesize and -a files go with -w FILE.", "live", "-i", "lo", "-a", "files:3")]
    [InlineData("-w - goes with hwa capture", "live", "-i", "lo", "-w", "-")]
    [InlineData("-a duration takes seconds, or a duration such as 10m, not '-1'.", "live", "-i", "lo", "-a", "duration:-1")]
    [InlineData("-b filesize takes thousands of octets, or a size such as 100MB, not '99999999999999999999'.", "capture", "-i", "lo", "-w", "x", "-b", "filesize:99999999999999999999")]
    [InlineData("-a files takes a number, not '2147483648'.", "capture", "-i", "lo", "-w", "x", "-b", "packets:1", "-a", "files:2147483648")]
    [InlineData("--at-most takes a number of files, not '+5'.", "capture", "-i", "lo", "-w", "x", "--on", "conn.id == 1", "--at-most", "+5")]
    [InlineData("--at-most takes a number of files, not ' 5'.", "capture", "-i", "lo", "-w", "x", "--on", "conn.id == 1", "--at-most", " 5")]
    [InlineData("--lang, --theme and --set are of the screen", "live", "-i", "lo", "--plain", "--lang", "ko")]
    [InlineData("--lang, --theme and --set are of the screen", "live", "-i", "lo", "--json", "--theme", "dark")]
    [InlineData("--lang, --theme and --set are of the screen", "live", "-i", "lo", "--only", "conns", "--set", "K002.never_checked=5s")]
    [InlineData("-a takes duration:N, filesize:N, packets:N, files:N, not 'size:1'.", "live", "-i", "lo", "-a", "size:1")]
    [InlineData("which interface?", "capture", "-w", "x.pcapng")]
    [InlineData("where to? -w OUT.pcapng", "capture", "-i", "lo")]
    [InlineData("-b filesize takes thousands of octets, or a size such as 100MB, not '0'.", "capture", "-i", "lo", "-w", "x", "-b", "filesize:0")]
    [InlineData("-b takes duration:N, filesize:N, packets:N, files:N, not 'file:1'. Did you mean 'files'?", "capture", "-i", "lo", "-w", "x", "-b", "file:1")]
    [InlineData("when is a file full? -b duration, -b filesize or -b packets says it.", "capture", "-i", "lo", "-w", "x", "-b", "files:2")]
    [InlineData("-b makes several files, and -w - is no file.", "capture", "-i", "lo", "-w", "-", "-b", "packets:2")]
    [InlineData("-a files goes with -b, which makes several files.", "capture", "-i", "lo", "-w", "x", "-a", "files:2")]
    [InlineData("--keep, --after and --at-most go with --on FILTER or --on-finding ID.", "capture", "-i", "lo", "-w", "x", "--keep", "1MB")]
    [InlineData("no such rule: K999.", "capture", "-i", "lo", "-w", "x", "--on-finding", "K999")]
    [InlineData("HWA-X001 is known only when the capture has ended", "capture", "-i", "lo", "-w", "x", "--on-finding", "x001")]
    [InlineData("--on and --on-finding: give one of them.", "capture", "-i", "lo", "-w", "x", "--on", "conn.id == 1", "--on-finding", "k002")]
    [InlineData("--set goes with --on-finding ID.", "capture", "-i", "lo", "-w", "x", "--set", "K002.never_checked=1s")]
    [InlineData("--set: HWA-K002 has no threshold 'never'.", "capture", "-i", "lo", "-w", "x", "--on-finding", "k002", "--set", "K002.never=1s")]
    [InlineData("--set: no such rule: K999.", "capture", "-i", "lo", "-w", "x", "--on-finding", "k002", "--set", "K999.never=1s")]
    [InlineData("--on and --on-finding make files of their own", "capture", "-i", "lo", "-w", "-", "--on", "conn.id == 1")]
    [InlineData("--keep takes a size of 1MB or more, not '1kB'.", "capture", "-i", "lo", "-w", "x", "--on", "conn.id == 1", "--keep", "1kB")]
    [InlineData("--after takes a duration such as 5s, not 'long'.", "capture", "-i", "lo", "-w", "x", "--on", "conn.id == 1", "--after", "long")]
    [InlineData("--at-most takes a number of files, not '0'.", "capture", "-i", "lo", "-w", "x", "--on", "conn.id == 1", "--at-most", "0")]
    [InlineData("--on: ", "capture", "-i", "lo", "-w", "x", "--on", "conn.idd == 1")]
    [InlineData("-s takes a number of octets from 1 to 262144, not '0'.", "live", "-i", "lo", "-s", "0")]
    [InlineData("-B takes a number of MiB from 1 to 2047, not 'many'.", "live", "-i", "lo", "-B", "many")]
    [InlineData("-Q takes in, out or inout, not 'up'.", "live", "-i", "lo", "-Q", "up")]
    [InlineData("--only takes conns, exchanges, not 'pools'.", "live", "-i", "lo", "--only", "pools")]
    [InlineData("--max-open takes a number of connections, not '0'.", "live", "-i", "lo", "--max-open", "0")]
    [InlineData("a capture filter stands behind -f or at the end, not both.", "live", "-i", "lo", "-f", "tcp", "port", "80")]
    [InlineData("no such option: --jsn. Did you mean '--json'? --help lists them.", "live", "-i", "lo", "--jsn")]
    [InlineData("no such option: --alle. Did you mean '--all'?", "interfaces", "--alle")]
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

    /// <summary>More than fits an int, and thousands of octets all the same.</summary>
    [Fact]
    public void A_plain_file_size_is_in_thousands_of_octets() => Assert.Equal(
        3_000_000_000_000, FileCriteria.Of("-b", ["filesize:3000000000"]).Octets);

    [Fact]
    public void A_threshold_that_the_configuration_misspells_is_an_error_before_anything_is_captured()
    {
        var configuration = Path.GetTempFileName();
        File.WriteAllText(configuration, "rules:\n  HWA-K002:\n    never: 1s\n");
        using var error = new StringWriter();
        var terminal = new Terminal
        {
            Input = Stream.Null,
            Output = Stream.Null,
            Error = error,
            Variable = name => name == "HWA_CONFIG" ? configuration : null,
        };

        var code = Hwa.Run(["capture", "-i", "lo", "-w", "x", "--on-finding", "k002"], terminal);

        File.Delete(configuration);
        Assert.Equal(2, code);
        Assert.StartsWith($"hwa: {configuration}:3:12: HWA-K002 has no threshold 'never'.", error.ToString(), StringComparison.Ordinal);
    }
}
