using System.Text;
using HttpWireAnalyzer.Cli;

namespace HttpWireAnalyzer.GoldenTests;

/// <summary>What one run of hwa said.</summary>
internal sealed record Answer(int ExitCode, string Output, string Error);

/// <summary>Runs hwa in this process, with a capture on its standard input.</summary>
internal static class Command
{
    public static Answer Run(byte[] capture, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = Hwa.Run(args, new Terminal
        {
            Input = new MemoryStream(capture, writable: false),
            Output = output,
            Error = error,
        });
        return new Answer(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
