using System.Text;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.UnitTests.Tui;

namespace HttpWireAnalyzer.UnitTests.Cli;

/// <summary>When hwa FILE is a screen, and when it is text.</summary>
public sealed class ScreenVerbTests : IDisposable
{
    private static readonly string[] Severities = ["info", "note", "warning", "error"];

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pcap");

    public ScreenVerbTests() => File.WriteAllBytes(_file, new PcapBytes().ToArray());

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void On_a_terminal_a_file_is_shown_on_a_screen()
    {
        var shown = new Shown();
        Assert.Equal((0, "", ""), Run(shown, [_file]));
        Assert.Equal((_file, ""), (shown.Name, shown.Options!.Filter));
    }

    [Fact]
    public void A_display_filter_is_the_first_filter_of_its_list()
    {
        var shown = new Shown();
        Run(shown, ["-Y", "conn.id == 3", _file]);
        Assert.Equal("conn.id == 3", shown.Options!.Filter);
    }

    [Fact]
    public void Its_language_can_be_chosen()
    {
        var shown = new Shown();
        Run(shown, ["--lang", "ko", _file]);
        Assert.Equal(HttpWireAnalyzer.Findings.Language.Korean, shown.Options!.Language);
    }

    /// <summary>The screen finds what hwa findings finds, with the same thresholds.</summary>
    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "", "--set", "K012.responses=1000")]
    [InlineData(false, "rules: {HWA-K012: {responses: 1000}}")]
    [InlineData(true, "rules: {HWA-K012: {responses: 1000}}", "--set", "K012.responses=4")]
    public void Thresholds_reach_its_findings(bool isFound, string configuration, params string[] options)
    {
        var capture = Repository.CaptureOf("http/connection-close-always");
        File.WriteAllText(_file, configuration);
        var variables = new Dictionary<string, string> { ["TERM"] = "xterm" };
        if (configuration.Length > 0)
        {
            variables["HWA_CONFIG"] = _file;
        }

        var shown = new Shown();
        Assert.Equal(0, Run(shown, [.. options, capture], true, variables).Code);
        using var session = new ScreenSession(shown.Input!);
        var told = session.Model.Capture.Findings!.Findings.Select(finding => $"{finding.Rule.Id}\t{Severities[(int)finding.Severity]}");
        var (_, listed, _) = Run(new Shown(), ["findings", "-e", "finding.id,finding.severity", .. options, capture], false, variables);
        Assert.Equal(listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1), told);
        Assert.Equal(isFound, told.Any(line => line.StartsWith("HWA-K012\t", StringComparison.Ordinal)));
        var (_, summary, _) = Run(new Shown(), ["summary", .. options, capture], false, variables);
        Assert.Equal(isFound, summary.Contains("K012", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("live -i lo ")]
    public void A_threshold_that_is_none_is_said_before_the_screen_is_taken(string verb)
    {
        var shown = new Shown();
        string[] command = [.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--set", "K012.response=9", .. verb.Length == 0 ? [_file] : Array.Empty<string>()];
        Assert.Equal((2, "", "hwa: --set: HWA-K012 has no threshold 'response'. Did you mean 'responses'?\n"), Run(shown, command));
        Assert.Null(shown.Options);
    }

    /// <summary>In true colours and in 256 those of a theme, which the terminal is asked for where nobody chose it.</summary>
    [Theory]
    [InlineData(ColourDepth.TrueColour, Background.Unknown, true, "COLORTERM=truecolor TERM=xterm-256color")]
    [InlineData(ColourDepth.TrueColour, Background.Unknown, true, "TERM=xterm-direct")]
    [InlineData(ColourDepth.Palette256, Background.Unknown, true, "TERM=xterm-256color")]
    [InlineData(ColourDepth.Palette256, Background.Light, true, "TERM=xterm-256color COLORFGBG=0;15")]
    [InlineData(ColourDepth.Palette256, Background.Dark, false, "TERM=xterm-256color COLORFGBG=0;15 HWA_THEME=dark")]
    [InlineData(ColourDepth.Palette256, Background.Light, false, "TERM=xterm-256color HWA_THEME=dark", "--theme", "light")]
    [InlineData(ColourDepth.Palette256, Background.Unknown, true, "TERM=xterm-256color HWA_THEME=dark", "--theme", "auto")]
    [InlineData(ColourDepth.Palette256, Background.Unknown, true, "TERM=xterm-256color HWA_THEME=pink")]
    [InlineData(ColourDepth.TrueColour, Background.Unknown, false, "COLORTERM=truecolor TERM=xterm", "--theme", "ansi")]
    [InlineData(ColourDepth.Sixteen, Background.Unknown, false, "TERM=xterm COLORFGBG=0;15")]
    [InlineData(ColourDepth.Sixteen, Background.Unknown, false, "TERM=xterm", "--theme", "dark")]
    [InlineData(ColourDepth.None, Background.Unknown, false, "COLORTERM=truecolor TERM=xterm NO_COLOR=1")]
    [InlineData(ColourDepth.None, Background.Unknown, false, "COLORTERM=truecolor TERM=xterm HWA_THEME=dark", "--color", "never")]
    [InlineData(ColourDepth.TrueColour, Background.Dark, false, "COLORTERM=24bit TERM=xterm NO_COLOR=1 HWA_THEME=dark", "--color", "always")]
    public void Colours_are_those_of_the_terminal_and_of_the_theme(ColourDepth depth, Background background, bool isAsked, string environment, params string[] options)
    {
        var shown = new Shown();
        var variables = environment.Split(' ').Select(variable => variable.Split('=')).ToDictionary(parts => parts[0], parts => parts[1]);
        Run(shown, [.. options, _file], true, variables);
        Assert.Equal(new ScreenColours(depth, background, isAsked), shown.Options!.Colours);
    }

    [Fact]
    public void Another_theme_is_told() =>
        Assert.Equal((2, "", "hwa: --theme takes auto, dark, light, ansi, not 'drak'.\n"), Run(new Shown(), ["--theme", "drak", _file]));

    [Theory]
    [InlineData("--plain")]
    [InlineData("--json")]
    public void An_option_asks_for_text(string option) => AssertIsText([option, _file]);

    [Fact]
    public void The_summary_is_text() => AssertIsText(["summary", _file]);

    [Fact]
    public void Standard_input_is_text() => AssertIsText(["-"]);

    [Theory]
    [InlineData(false, "xterm")]
    [InlineData(true, "dumb")]
    [InlineData(true, null)]
    public void So_is_what_goes_to_no_terminal_or_a_dumb_one(bool isTerminal, string? name)
    {
        var shown = new Shown();
        Assert.NotEqual("", Run(shown, [_file], isTerminal, name).Output);
        Assert.Null(shown.Options);
    }

    [Fact]
    public void What_is_wrong_is_said_before_the_screen_is_taken()
    {
        var shown = new Shown();
        Assert.Equal(3, Run(shown, [_file + "x"]).Code);
        Assert.Equal(2, Run(shown, ["-Y", "conn.id ==", _file]).Code);
        Assert.Null(shown.Options);
    }

    private static void AssertIsText(string[] args)
    {
        var shown = new Shown();
        Assert.NotEqual("", Run(shown, args).Output);
        Assert.Null(shown.Options);
    }

    private static (int Code, string Output, string Error) Run(Shown shown, string[] args, bool isTerminal = true, string? name = "xterm") =>
        Run(shown, args, isTerminal, name is null ? [] : new Dictionary<string, string> { ["TERM"] = name });

    private static (int Code, string Output, string Error) Run(Shown shown, string[] args, bool isTerminal, Dictionary<string, string> variables)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = Hwa.Run(args, new Terminal
        {
            Input = new MemoryStream(new PcapBytes().ToArray()),
            Output = output,
            Error = error,
            OutputIsTerminal = isTerminal,
            Variable = variables.GetValueOrDefault,
            Screen = shown.Show,
        });
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private sealed class Shown
    {
        public string? Name => Input?.Name;

        public ICaptureInput? Input { get; private set; }

        public ShellOptions? Options { get; private set; }

        public ShellResult? Show(ICaptureInput input, ShellOptions options, CancellationToken stop)
        {
            (Input, Options) = (input, options);
            return new ShellResult(null);
        }
    }
}
