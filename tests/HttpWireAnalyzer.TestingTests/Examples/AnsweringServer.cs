using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Examples;

/// <summary>Stands for the server that is tested.</summary>
internal sealed class AnsweringServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public AnsweringServer()
    {
        Port = FreePort();
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = AnswerAll();
    }

    public int Port { get; }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/"));

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AnswerAll()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                context.Response.OutputStream.Write("hello"u8);
                context.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
