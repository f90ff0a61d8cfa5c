using System.Globalization;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>A terminal of tmux with a shell in it, where hwa runs as a person would run it.</summary>
internal sealed class TmuxSession : IDisposable
{
    private static int _sessions;

    private readonly string _server = string.Create(CultureInfo.InvariantCulture, $"hwa-test-{Environment.ProcessId}-{Interlocked.Increment(ref _sessions)}");

    public TmuxSession(int width, int height)
    {
        Tmux("-f", "/dev/null", "new-session", "-d", "-x", $"{width}", "-y", $"{height}", "env PS1='$ ' bash --norc --noprofile");
        Tmux("set", "-g", "status", "off");
        Tmux("set", "-s", "set-clipboard", "on");
        Wait.Until(() => Screen.Contains('$', StringComparison.Ordinal));
    }

    /// <summary>What the terminal shows.</summary>
    public string Screen => Tmux("capture-pane", "-p");

    /// <summary>The same with the sequences that say its colours.</summary>
    public string Coloured => Tmux("capture-pane", "-p", "-e");

    /// <summary>Whether the program's own screen is shown, not the shell's (DECSET 1049).</summary>
    public bool IsAlternate => Format("#{alternate_on}") == "1";

    public bool HasMouse => Format("#{mouse_any_flag}") == "1";

    public bool HasCursor => Format("#{cursor_flag}") == "1";

    /// <summary>Empty where nothing was put there.</summary>
    public string Clipboard => Commands.Try("tmux", "-L", _server, "show-buffer").Output;

    public TmuxSession Press(params string[] keys)
    {
        foreach (var key in keys)
        {
            Tmux("send-keys", key);
        }

        return this;
    }

    public TmuxSession Type(string text)
    {
        Tmux("send-keys", "-l", text);
        return this;
    }

    /// <summary>Waits until the screen has that text.</summary>
    public TmuxSession Await(string text)
    {
        try
        {
            Wait.Until(() => Screen.Contains(text, StringComparison.Ordinal));
            return this;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"no '{text}' in\n{Screen}");
        }
    }

    /// <summary>Waits until the shell reads what is typed: a program that ends takes keys as long as it is there.</summary>
    public TmuxSession AwaitShell()
    {
        Wait.Until(() => Format("#{pane_current_command}") == "bash");
        return this;
    }

    public void Set(string option, string value) => Tmux("set", "-g", option, value);

    public void Resize(int width, int height) => Tmux("resize-window", "-x", $"{width}", "-y", $"{height}");

    /// <summary>The modes of the terminal, as a program before the screen or after it finds them.</summary>
    public string Modes()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        Type($"stty -g; echo {mark[..4]}''{mark[4..]}").Press("Enter").Await(mark);
        var lines = Screen.Split('\n');
        return lines[Array.FindIndex(lines, line => line == mark) - 1];
    }

    public string Format(string format) => Tmux("display-message", "-p", format).Trim();

    /// <summary>The terminal goes away; what runs in it is told so with SIGHUP.</summary>
    public void Dispose() => Commands.Try("tmux", "-L", _server, "kill-server");

    private string Tmux(params string[] args) => Commands.Run(["tmux", "-L", _server, .. args]);
}
