namespace HttpWireAnalyzer.Cli;

/// <summary>What the shell learns (docs/decisions/0008-output.md).</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>An assertion failed, or a finding is as bad as --fail-on says, or worse.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or a filter in it, cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>The input cannot be read at all.</summary>
    public const int Unreadable = 3;

    /// <summary>Nothing failed, but something could not be judged.</summary>
    public const int Inconclusive = 4;

    /// <summary>The output cannot be written, or not further: it is there already, not permitted, or the disk is full.</summary>
    public const int Unwritable = 5;

    /// <summary>128 + SIGINT, after what had been read was reported.</summary>
    public const int Interrupted = 130;
}
