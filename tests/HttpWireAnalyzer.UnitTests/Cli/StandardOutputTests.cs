using HttpWireAnalyzer.Cli;

namespace HttpWireAnalyzer.UnitTests.Cli;

public class StandardOutputTests
{
    private const int Epipe = 32;
    private const int Enospc = 28;
    private const int ErrorBrokenPipe = unchecked((int)0x8007006D);

    [Theory]
    [InlineData(Epipe)]
    [InlineData(ErrorBrokenPipe)]
    public void A_reader_that_leaves_is_the_end_of_the_work(int error) => Assert.Equal((0, ""), Run(error));

    [Fact]
    public void A_full_disk_is_not() => Assert.Equal((5, "hwa: standard output cannot be written: no room\n"), Run(Enospc));

    [Fact]
    public void What_is_closed_takes_nothing() => Assert.Equal(
        (5, "hwa: standard output cannot be written: it is closed.\n"), Run(new UnauthorizedAccessException("Access to the path is denied.")));

    private static (int Code, string Error) Run(int error) => Run(new IOException("no room", error));

    private static (int Code, string Error) Run(Exception error)
    {
        using var output = new StandardOutput(new Failing(error));
        using var told = new StringWriter { NewLine = "\n" };
        return (Hwa.Run(["fields"], new Terminal { Input = Stream.Null, Output = output, Error = told }), told.ToString());
    }

    private sealed class Failing(Exception error) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw error;
    }
}
