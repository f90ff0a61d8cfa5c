using System.Diagnostics;
using System.Text;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>Programs that a test runs, each for a bounded time.</summary>
internal static class Commands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The hwa that was built beside the tests.</summary>
    public static string Hwa => Path.Combine(AppContext.BaseDirectory, "hwa");

    /// <summary>Runs to the end, which has to be a good one; what it wrote.</summary>
    public static string Run(params string[] command)
    {
        using var running = new RunningCommand(command);
        var answer = running.WaitForEnd(Patience);
        return answer.ExitCode == 0
            ? answer.Output
            : throw new InvalidOperationException($"{string.Join(' ', command)}: {answer.ExitCode}: {answer.Error}");
    }

    public static CommandAnswer Try(params string[] command)
    {
        using var running = new RunningCommand(command);
        return running.WaitForEnd(Patience);
    }
}

/// <summary>What a program wrote, and how it ended.</summary>
internal sealed record CommandAnswer(int ExitCode, string Output, string Error);

/// <summary>A program under way; ended at the latest when it is disposed.</summary>
internal sealed class RunningCommand : IDisposable
{
    private readonly Process _process;
    private readonly string _name;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public RunningCommand(params string[] command)
    {
        _name = command[0];

        // Whoever runs the tests in the background, or with nohup, hands ignored signals down.
        var start = new ProcessStartInfo("env", ["--default-signal=HUP,INT,QUIT,TERM", .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public string Output => TextOf(_output);

    public string Error => TextOf(_error);

    /// <summary>Sends a signal, by kill's name for it.</summary>
    public void Signal(string name) => Commands.Run("kill", "-" + name, $"{Id}");

    public CommandAnswer WaitForEnd(TimeSpan patience)
    {
        if (!_process.WaitForExit(patience))
        {
            _process.Kill();
            throw new TimeoutException($"{_name} did not end: {Error}");
        }

        // Once more without a limit: then both streams have been read to their ends.
        _process.WaitForExit();
        return new CommandAnswer(_process.ExitCode, Output, Error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string TextOf(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
