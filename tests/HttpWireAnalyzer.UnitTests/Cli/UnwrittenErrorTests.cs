using HttpWireAnalyzer.Cli;

namespace HttpWireAnalyzer.UnitTests.Cli;

public sealed class UnwrittenErrorTests
{
    /// <summary>hwa … 2&gt;/dev/full: nobody can be told, and nothing else changes.</summary>
    [Fact]
    public void An_error_that_cannot_be_written_is_lost()
    {
        using var error = new StandardError(new FullDevice());
        error.Write([1, 2, 3]);
        error.Write([4], 0, 1);
    }

    private sealed class FullDevice : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");
    }
}
