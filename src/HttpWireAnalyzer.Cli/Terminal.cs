using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.Cli;

/// <returns>Null where standard input is no terminal: nothing was shown.</returns>
public delegate ShellResult? ScreenOf(ICaptureInput input, ShellOptions options, CancellationToken stop);

/// <summary>The world outside, as one value: tests give their own.</summary>
public sealed record Terminal
{
    public required Stream Input { get; init; }

    public required Stream Output { get; init; }

    public required TextWriter Error { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Columns of the terminal; 80 where there is none.</summary>
    public Func<int> Width { get; init; } = () => 80;

    /// <summary>Shows a capture on the whole terminal, until the user ends it; null where there is none to show it on.</summary>
    public ScreenOf? Screen { get; init; }

    /// <summary>Environment variables; null for one that is not set.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>Set by SIGINT, SIGTERM or SIGHUP: what was read until then is still reported.</summary>
    public CancellationToken Interrupt { get; init; }

    /// <summary>
    /// The same for who judges: once nobody reads what is said, it is said to nobody, and the exit code and the reports in files
    /// are what they would have been.
    /// </summary>
    internal Terminal ForVerdict() => this with { Output = new UnheardOutput(Output) };
}
