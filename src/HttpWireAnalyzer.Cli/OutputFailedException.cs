namespace HttpWireAnalyzer.Cli;

/// <summary>Standard output takes no more, and not because its reader left: the disk is full.</summary>
internal sealed class OutputFailedException(IOException inner)
    : Exception($"standard output cannot be written: {inner.Message}", inner);
