namespace HttpWireAnalyzer.Cli;

/// <summary>The number that was asked for is none of the capture's.</summary>
internal static class MissingConnection
{
    /// <param name="connections">How many there are.</param>
    public static UsageException In(Request request, int connections)
    {
        var has = connections switch
        {
            0 => "it has no TCP connection",
            1 => "it has only connection 0",
            _ => $"it has 0 to {connections - 1}",
        };
        return new UsageException($"{request.Files[0]} has no connection {request.Connection}: {has}.");
    }
}
