using System.Globalization;

namespace HttpWireAnalyzer.LiveTests;

/// <summary>nginx at the server's end, on port 80: a small answer everywhere, and files of /files.</summary>
internal sealed class WebServer : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("hwa-live-");
    private readonly RunningCommand _nginx;

    public WebServer(Network network)
    {
        // The workers are another user.
        File.SetUnixFileMode(_directory.FullName, (UnixFileMode)0b111_101_101);
        var at = _directory.FullName;
        var configuration = Path.Combine(at, "nginx.conf");
        File.WriteAllText(configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off;
            worker_processes 1;
            pid {{at}}/pid;
            error_log {{at}}/error.log;
            events { worker_connections 1024; }
            http {
                access_log off;
                client_body_temp_path {{at}}/body; proxy_temp_path {{at}}/proxy; fastcgi_temp_path {{at}}/fastcgi;
                uwsgi_temp_path {{at}}/uwsgi; scgi_temp_path {{at}}/scgi;
                server {
                    listen 80;
                    keepalive_requests 100000;
                    location / { return 200 "hello\n"; }
                    location /files/ { root {{at}}; }
                }
            }
            """));
        Directory.CreateDirectory(Path.Combine(at, "files"));
        File.WriteAllBytes(Path.Combine(at, "files", "large"), new byte[2_000_000]);
        _nginx = new RunningCommand(network.AtServer("nginx", "-c", configuration, "-p", at));
        Wait.Until(() => File.Exists(Path.Combine(at, "pid")) && Commands.Try(
            network.AtServer("curl", "-s", "-o", "/dev/null", "http://127.0.0.1/")).ExitCode == 0);
    }

    public int MasterId => int.Parse(File.ReadAllText(Path.Combine(_directory.FullName, "pid")), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _nginx.Signal("TERM");
        _nginx.WaitForEnd(TimeSpan.FromSeconds(10));
        _nginx.Dispose();
        _directory.Delete(recursive: true);
    }
}
