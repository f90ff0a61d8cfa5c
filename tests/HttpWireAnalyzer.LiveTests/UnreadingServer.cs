namespace HttpWireAnalyzer.LiveTests;

/// <summary>At the server's end, on port 8081: closes with most of a request unread, which TCP answers with a RST.</summary>
internal sealed class UnreadingServer(Network network) : IDisposable
{
    private const string Script = """
        import socket, time
        s = socket.create_server(("", 8081))
        c, _ = s.accept()
        c.recv(4)
        time.sleep(0.2)
        c.close()
        """;

    private readonly RunningCommand _python = new(network.AtServer("python3", "-c", Script));

    /// <summary>The one request that it takes.</summary>
    public void Ask() => Commands.Try(network.AtClient(
        "curl", "-s", "--retry", "5", "--retry-connrefused", $"http://{Network.ServerAddress}:8081/pay"));

    public void Dispose() => _python.Dispose();
}
