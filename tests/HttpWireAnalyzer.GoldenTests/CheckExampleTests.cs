using System.Diagnostics;
using System.Text.RegularExpressions;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>Every spec in docs/examples passes and fails on the captures that its README says.</summary>
public sealed partial class CheckExampleTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "examples");

    public static TheoryData<string, string, string> Examples()
    {
        var examples = new TheoryData<string, string, string>();
        foreach (Match row in Row().Matches(File.ReadAllText(Path.Combine(Folder, "README.md"))))
        {
            examples.Add(row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value);
        }

        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_passes_on_one_capture_and_fails_on_the_other(string spec, string passes, string fails)
    {
        var path = Path.Combine(Folder, spec);
        Assert.Contains($"/{passes}/capture.pcapng", File.ReadAllText(path));
        var passed = Command.Run([], "check", path);
        Assert.Equal((0, ""), (passed.ExitCode, passed.Error));
        Assert.Contains(" 0 failed, 0 inconclusive", passed.Output);
        var failed = Command.Run([], "check", path, Repository.CaptureOf(fails));
        Assert.Equal((1, ""), (failed.ExitCode, failed.Error));
        Assert.Contains("  FAIL          ", failed.Output);
    }

    [Fact]
    public void The_README_lists_every_example() => Assert.Equal(
        Directory.EnumerateFiles(Folder, "*.yaml").Select(Path.GetFileName).Order(StringComparer.Ordinal),
        Examples().Select(row => (string?)row[0]));

    /// <summary>In a process of its own, with its exit code and its file.</summary>
    [Fact]
    public void The_program_itself_says_so_too()
    {
        var report = Path.GetTempFileName();
        try
        {
            using var program = Process.Start(new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    Path.Combine(AppContext.BaseDirectory, "hwa.dll"), "check", Path.Combine(Folder, "01-close-race.hwa.yaml"),
                    Repository.CaptureOf("http/stale-reuse-post"), "--junit", report,
                },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = program.StandardOutput.ReadToEnd();
            var error = program.StandardError.ReadToEnd();
            program.WaitForExit();
            Assert.Equal((1, ""), (program.ExitCode, error));
            Assert.EndsWith("0 passed, 1 failed, 0 inconclusive\n", output);
            Assert.Contains("type=\"HWA-K002\"", File.ReadAllText(report));
        }
        finally
        {
            File.Delete(report);
        }
    }

    public static TheoryData<string> Captures => [.. Repository.Cases];

    [Theory]
    [MemberData(nameof(Captures))]
    public void What_init_writes_passes_on_the_capture_it_is_made_of(string name)
    {
        var capture = Repository.CaptureOf(name);
        var spec = Command.Run([], "init", capture);
        Assert.Equal(0, spec.ExitCode);
        var path = Path.Combine(Path.GetTempPath(), $"hwa-{Path.GetRandomFileName()}.yaml");
        try
        {
            File.WriteAllText(path, spec.Output);
            var answer = Command.Run([], "check", path);
            Assert.True(answer.ExitCode == 0, spec.Output + answer.Output + answer.Error);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [GeneratedRegex(@"^\| \[[^\]]*\]\(([^)]*)\) \| (\S+) \| (\S+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
