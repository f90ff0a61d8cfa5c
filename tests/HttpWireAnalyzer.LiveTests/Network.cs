using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>
/// Two network namespaces, joined by two veth pairs: "client" has eth0 (192.0.2.1) and eth1 (198.51.100.1), "server"
/// the other ends (.2). Nothing in them reaches anything outside. TEST-NET-1 and -2 (RFC 5737) are never a real host's.
/// </summary>
public sealed partial class Network : IDisposable
{
    public const string ClientAddress = "192.0.2.1";
    public const string ServerAddress = "192.0.2.2";
    public const string SecondServerAddress = "198.51.100.2";

    private const int NewNetwork = 0x40000000;
    private static int _count;

    private readonly string _client;
    private readonly string _server;

    public Network()
    {
        var number = Interlocked.Increment(ref _count);
        _client = $"hwa-live-{Environment.ProcessId}-{number}c";
        _server = $"hwa-live-{Environment.ProcessId}-{number}s";
        foreach (var name in (string[])[_client, _server])
        {
            Commands.Run("ip", "netns", "add", name);
            Commands.Run("ip", "-n", name, "link", "set", "lo", "up");
        }

        Join("eth0", ClientAddress, ServerAddress);
        Join("eth1", "198.51.100.1", SecondServerAddress);
    }

    /// <summary>The words that run a program at the client's end.</summary>
    public string[] AtClient(params string[] command) => ["ip", "netns", "exec", _client, .. command];

    public string[] AtServer(params string[] command) => ["ip", "netns", "exec", _server, .. command];

    /// <summary>Runs ip(8) on the client's end.</summary>
    public void ClientIp(params string[] command) => Commands.Run(["ip", "-n", _client, .. command]);

    /// <summary>Calls on a thread inside of the client's namespace: sockets that it opens are there.</summary>
    public T InClient<T>(Func<T> call) => Inside(_client, call);

    public T InServer<T>(Func<T> call) => Inside(_server, call);

    public void Dispose()
    {
        Commands.Try("ip", "netns", "del", _client);
        Commands.Try("ip", "netns", "del", _server);
    }

    private static T Inside<T>(string name, Func<T> call)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle("/run/netns/" + name);
                if (setns((int)file.DangerousGetHandle(), NewNetwork) != 0)
                {
                    throw new InvalidOperationException("setns: are the tests run by root?");
                }

                result = call();
            }
            catch (Exception thrown)
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    private void Join(string device, string client, string server)
    {
        Commands.Run("ip", "-n", _client, "link", "add", device, "type", "veth", "peer", "name", device, "netns", _server);
        foreach (var (name, address) in ((string, string)[])[(_client, client), (_server, server)])
        {
            Commands.Run("ip", "-n", name, "addr", "add", address + "/24", "dev", device);
            Commands.Run("ip", "-n", name, "link", "set", device, "up");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int descriptor, int kind);
}
