using System.Reflection;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Testing;

/// <summary>Captures the traffic that a test makes: started before it, stopped after it, with every packet in between.</summary>
/// <remarks>Needs libpcap and the right to capture; see <see cref="WhyNot"/>.</remarks>
public sealed class WireTap : IDisposable
{
    private static readonly Lazy<string?> Obstacle = new(Examine);

    private readonly LiveSource _source;
    private readonly RecordedSource _packets;
    private readonly RollingFiles _file;
    private readonly string _path;
    private readonly Thread _thread;
    private WireCapture? _capture;

    private WireTap(LiveSource source, string path)
    {
        _source = source;
        _path = path;
        _file = new RollingFiles(
            source,
            new RecordingOptions { Path = path, Origin = CaptureOrigin.Here($"HttpWireAnalyzer.Testing {Version}") },
            TimeProvider.System);
        _packets = new RecordedSource(source, _file);
        _thread = new Thread(Record) { IsBackground = true, Name = "wire tap" };
        _thread.Start();
    }

    /// <summary>Traffic can be captured here: it was tried.</summary>
    public static bool IsSupported => WhyNot is null;

    /// <summary>Why it cannot, and the command that mends it; null where it can.</summary>
    public static string? WhyNot => Obstacle.Value;

    /// <summary>Packets are captured when this returns.</summary>
    /// <param name="interfaceName">lo for traffic of this machine with itself; hwa interfaces lists the others.</param>
    /// <param name="filter">BPF (pcap-filter(7)): tcp port 8080. Null captures all that passes.</param>
    /// <exception cref="LiveCaptureException">It cannot be captured on.</exception>
    /// <exception cref="CaptureFilterException">libpcap does not accept the filter.</exception>
    public static WireTap Start(string interfaceName, string? filter = null)
    {
        var source = LiveSource.Open(new LiveOptions { Interfaces = [interfaceName], Filter = filter, Promiscuous = false });
        try
        {
            return new WireTap(source, Path.Combine(Path.GetTempPath(), $"tap-{Path.GetRandomFileName()}.pcapng"));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Ends the capture, and gives all that the interface had seen by then: the kernel's buffers are emptied first. The
    /// file is there until the tap is disposed.
    /// </summary>
    /// <exception cref="CaptureWriteException">Packets could not be written.</exception>
    public WireCapture Stop()
    {
        if (_capture is null)
        {
            _source.Stop();
            _thread.Join();
            _file.End();
            if (_packets.Failure is { } failure)
            {
                throw failure;
            }

            _capture = new WireCapture([_path], isTemporary: true);
        }

        return _capture;
    }

    /// <summary>Ends the capture, and deletes its file.</summary>
    public void Dispose()
    {
        _source.Dispose();
        _thread.Join();
        try
        {
            _file.End();
        }
        catch (CaptureWriteException)
        {
            // Nobody asked for what is in it.
        }

        File.Delete(_path);
    }

    private static string Version =>
        typeof(WireTap).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static string? Examine()
    {
        var examination = CaptureExamination.Of();
        return examination.CanCapture ? null : string.Join(' ', examination.Findings
            .Where(finding => !finding.IsGood)
            .Select(finding => $"There is no {finding.What}. {finding.Remedy}".TrimEnd()));
    }

    private void Record()
    {
        var batch = new PacketBatch();
        while (_packets.Read(batch))
        {
            // The recorder has it.
        }
    }
}
