using System.Diagnostics;

namespace HttpWireAnalyzer.Cli;

/// <summary>What --color asks for.</summary>
internal enum Colouring : byte
{
    /// <summary>As the environment and the terminal have it.</summary>
    Auto,
    Always,
    Never,
}

/// <summary>--color, then NO_COLOR and CLICOLOR_FORCE, then whether the output is a terminal.</summary>
internal static class Colourings
{
    /// <summary>What --color takes, in the order of the enum.</summary>
    public static readonly string[] Names = ["auto", "always", "never"];

    /// <param name="given">To --color; null where it was not.</param>
    /// <exception cref="UsageException">It is another word.</exception>
    public static Colouring Read(string? given) => (Colouring)Array.IndexOf(Names, Arguments.OneOf("--color", given, Names));

    public static bool IsColoured(Colouring colour, Terminal terminal) => colour switch
    {
        Colouring.Always => true,
        Colouring.Never => false,
        Colouring.Auto when !string.IsNullOrEmpty(terminal.Variable("NO_COLOR")) => false,
        Colouring.Auto when terminal.Variable("CLICOLOR_FORCE") is { Length: > 0 } force && force != "0" => true,
        Colouring.Auto => terminal.OutputIsTerminal && terminal.Variable("TERM") != "dumb",
        _ => throw new UnreachableException(),
    };
}
