using System.Text;
using HttpWireAnalyzer.Cli;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.UnitTests.Cli;

/// <summary>When hwa FILE is a screen, and when it is text.</summary>
public sealed class ScreenVerbTests : IDisposable
{
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

    private static (int Code, string Output, string Error) Run(Shown shown, string[] args, bool isTerminal = true, string? name = "xterm")
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = Hwa.Run(args, new Terminal
        {
            Input = new MemoryStream(new PcapBytes().ToArray()),
            Output = output,
            Error = error,
            OutputIsTerminal = isTerminal,
            Variable = variable => variable == "TERM" ? name : null,
            Screen = shown.Show,
        });
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private sealed class Shown
    {
        public string? Name { get; private set; }

        public ShellOptions? Options { get; private set; }

        public ShellResult? Show(ICaptureInput input, ShellOptions options, CancellationToken stop)
        {
            (Name, Options) = (input.Name, options);
            return new ShellResult(0, null);
        }
    }
}
