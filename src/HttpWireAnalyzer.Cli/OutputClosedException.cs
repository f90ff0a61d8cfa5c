namespace HttpWireAnalyzer.Cli;

/// <summary>Whoever read our output has enough of it: the end of the work, not an error.</summary>
internal sealed class OutputClosedException(IOException inner) : Exception("the output is closed", inner);
