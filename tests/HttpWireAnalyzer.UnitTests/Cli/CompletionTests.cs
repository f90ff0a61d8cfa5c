using System.Diagnostics;
using System.Text;
using HttpWireAnalyzer.Cli;

namespace HttpWireAnalyzer.UnitTests.Cli;

public class CompletionTests
{
    [Theory]
    [InlineData("con", "conns")]
    [InlineData("conns --js", "--json")]
    [InlineData("conns -e conn.id,conn.close.fi", "conn.id,conn.close.first")]
    [InlineData("conns --sort -conn.idle.m", "-conn.idle.max")]
    [InlineData("packets -e frame.num", "frame.number")]
    [InlineData("exchanges -Y http.response.cod", "http.response.code")]
    [InlineData("exchanges -Y 'http.response.code == 502 && conn.close.ho", "http.response.code == 502 && conn.close.how")]
    [InlineData("follow --side s", "server")]
    [InlineData("completion b", "bash")]
    [InlineData("fields --j", "--json")]
    [InlineData("live --th", "--theme")]
    [InlineData("live --force", "--force")]
    [InlineData("capture --on-f", "--on-finding")]
    [InlineData("interfaces --a", "--all")]
    [InlineData("check --q", "--quiet")]
    [InlineData("diff --f", "--fail-on")]
    [InlineData("explain HWA-K00", "HWA-K001")]
    [InlineData("explain --lang k", "ko")]
    [InlineData("live -Y http.response.cod", "http.response.code")]
    [InlineData("live --only c", "conns")]
    [InlineData("live --lang k", "ko")]
    [InlineData("live --color n", "never")]
    [InlineData("live -Q o", "out")]
    [InlineData("capture --on conn.close.ho", "conn.close.how")]
    [InlineData("capture --on-finding HWA-K00", "HWA-K002")]
    [InlineData("check --fail-on w", "warning")]
    [InlineData("check --format g", "github")]
    [InlineData("check --inconclusive s", "skip")]
    [InlineData("summary --theme d", "dark")]
    [InlineData("x.pcap --theme l", "light")]
    [InlineData("--theme a", "ansi")]
    public void The_next_word_is_answered(string line, string expected) =>
        Assert.Contains(expected, Answer(Words(line)));

    [Theory]
    [InlineData("conns captures/")]
    [InlineData("conns -r x")]
    [InlineData("story -e x")]
    [InlineData("check --baseline x")]
    [InlineData("diff --fail-on e")]
    [InlineData("conns --theme d")]
    public void Files_are_left_to_the_shell(string line) => Assert.Empty(Answer(Words(line)));

    [Theory]
    [InlineData("live --table")]
    [InlineData("capture --json")]
    [InlineData("interfaces --json")]
    [InlineData("doctor --json")]
    public void An_option_that_would_be_refused_is_not_offered(string line) => Assert.Empty(Answer(Words(line)));

    [Theory]
    [InlineData("zsh", "compdef _hwa hwa")]
    [InlineData("fish", "complete -c hwa")]
    public void Other_shells_have_scripts(string shell, string line) => Assert.Contains(line, Run("completion", shell));

    [Fact]
    public void Bash_completes_a_filter_in_quotes()
    {
        var hwa = Path.Combine(AppContext.BaseDirectory, "hwa");
        var script = Run("completion", "bash") + """

            COMP_WORDS=("$1" conns -Y "'conn.close.how == fin_th")
            COMP_CWORD=3
            _hwa
            printf '%s\n' "${COMPREPLY[@]}"
            complete -p hwa
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-c", script, "bash", hwa])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var answer = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        Assert.Equal("conn.close.how == fin_then_reset\ncomplete -o default -F _hwa hwa\n", answer);
    }

    private static string[] Words(string line)
    {
        // As a shell cuts a line whose last quote is still open.
        var quote = line.IndexOf('\'', StringComparison.Ordinal);
        return quote < 0 ? ["hwa", .. line.Split(' ')] : ["hwa", .. line[..quote].TrimEnd().Split(' '), line[quote..]];
    }

    private static string[] Answer(string[] words) =>
        Run(["completion", "--answer", $"{words.Length - 1}", "--", .. words]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Run(params string[] args)
    {
        using var output = new MemoryStream();
        Assert.Equal(0, Hwa.Run(args, new Terminal { Input = Stream.Null, Output = output, Error = TextWriter.Null }));
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
