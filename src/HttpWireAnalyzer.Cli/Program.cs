using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.Cli;

internal static class Program
{
    private static int Main(string[] args)
    {
        using var interrupt = new CancellationTokenSource();
        var asked = new EndSignal();
        // Not Console.CancelKeyPress: it writes control sequences to the terminal.
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        var terminal = new Terminal
        {
            // Opening it makes .NET set the terminal up for line editing, and write to it: only where it is asked for.
            Input = args.Contains("-") ? StandardInput.Open(interrupt.Token) : Stream.Null,
            Output = StandardOutput.Open(),
            Error = new StreamWriter(StandardError.Open(), new UTF8Encoding(false)) { AutoFlush = true },
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Width = () => WidthOf(Environment.GetEnvironmentVariable("COLUMNS")),
            Screen = OperatingSystem.IsWindows() ? null : Show,
            Variable = Environment.GetEnvironmentVariable,
            Interrupt = interrupt.Token,
        };
        return Hwa.Run(args, terminal);

        void End(PosixSignalContext context)
        {
            context.Cancel = asked.LetsEndInOrder(context.Signal, Environment.TickCount64);
            interrupt.Cancel();
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static ShellResult? Show(ICaptureInput input, ShellOptions options, CancellationToken stop)
    {
        using var terminal = ConsoleTerminal.Open();
        return terminal is null ? null : Shell.Run(terminal, input, options, stop);
    }

    private static int WidthOf(string? columns)
    {
        const int Usual = 80;
        return (int?)Arguments.Count(columns, int.MaxValue) ?? TerminalSize.OfOutput()?.Width ?? Usual;
    }
}
