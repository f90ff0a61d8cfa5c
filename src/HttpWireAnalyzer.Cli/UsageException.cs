namespace HttpWireAnalyzer.Cli;

/// <summary>A command line that cannot be followed; the message says how it could.</summary>
internal sealed class UsageException(string message) : Exception(message);
