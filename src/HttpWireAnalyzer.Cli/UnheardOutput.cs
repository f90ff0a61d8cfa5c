namespace HttpWireAnalyzer.Cli;

/// <summary>An output that goes on when its reader has left: what is written from then on goes nowhere.</summary>
internal sealed class UnheardOutput(Stream inner) : WriteOnlyStream
{
    private bool _isClosed;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_isClosed)
        {
            return;
        }

        try
        {
            inner.Write(buffer);
        }
        catch (OutputClosedException)
        {
            _isClosed = true;
        }
    }

    public override void Flush()
    {
        if (!_isClosed)
        {
            inner.Flush();
        }
    }
}
