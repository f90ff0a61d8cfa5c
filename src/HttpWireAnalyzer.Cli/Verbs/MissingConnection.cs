using HttpWireAnalyzer.Reporting;

namespace HttpWireAnalyzer.Cli;

/// <summary>What is said where a connection is wanted that is not there, or where none was named.</summary>
internal static class MissingConnection
{
    /// <param name="connections">How many there are.</param>
    public static UsageException In(Request request, int connections) =>
        new($"{request.Files[0]} has no connection {request.Connection}: {Has(connections)}.");

    /// <param name="connections">How many there are; with one, that is meant.</param>
    public static UsageException Unsaid(Request request, int connections)
    {
        var file = request.Files[0];
        var argument = ShellWord.Of(file);
        return new UsageException(connections == 0
            ? $"{file}: {Has(connections)}."
            : $"which connection? {char.ToUpperInvariant(Has(connections)[0])}{Has(connections)[1..]}. Give its number last, as in: hwa {Verbs.Name(request.Verb)} {argument} 0 (hwa conns {argument} lists them).");
    }

    private static string Has(int connections) => connections switch
    {
        0 => "it has no TCP connection",
        1 => "it has only connection 0",
        _ => $"it has 0 to {connections - 1}",
    };
}
