using BenchmarkDotNet.Attributes;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui;
using HttpWireAnalyzer.Tui.Layout;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Tui.Texts;
using HttpWireAnalyzer.Tui.Views;
using HttpWireAnalyzer.Tui.Work;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Benchmarks;

/// <summary>The screen with a million connections: a key and the frame after it, and what is done beside the screen.</summary>
[MemoryDiagnoser]
public class TuiBenchmarks
{
    private const int Connections = 1_000_000;

    private readonly Sheet _sheet = new(200, 60);
    private readonly Painter _painter = new(ColourDepth.Sixteen);
    private readonly CaptureRows _rows = new();
    private Model _model = null!;

    [GlobalSetup]
    public void Prepare()
    {
        const long Millisecond = Timestamp.NanosecondsPerSecond / 1000;
        for (var i = 0; i < Connections; i++)
        {
            var start = new Timestamp(i * Millisecond);
            _rows.Connections.TryAdd(new ConnectionRow
            {
                Number = i,
                ClientAddress = Address.FromIpv4(0x0A000000 + (uint)(i % 5000)),
                ClientPort = (ushort)(32768 + (i * 7919 % 28232)),
                ServerAddress = Address.FromIpv4(0x0A010001),
                ServerPort = 443,
                Start = start,
                Last = start.Plus((i * 31 % 5000) * Millisecond),
                Connect = i % 997 * 1000,
                MaxIdle = i % 7919 * Millisecond,
                IdleAtClose = i % 61 * Millisecond,
                Requests = 1 + (i % 40),
                Reuses = i % 40,
                How = CloseManner.Fin,
                Reason = CloseReason.IdleClose,
                Flags = RowFlags.Http | RowFlags.Closed | RowFlags.ServerTimeWait,
            });
        }

        _model = new Model
        {
            Capture = new CaptureState { Rows = _rows, Connections = Connections, Packets = 12_000_000, Octets = 1L << 30, Phase = CapturePhase.Done },
            Name = "million.pcapng",
            Wording = English.Wording,
            Pages = new NoPages(),
            Width = 200,
            Height = 60,
        };
    }

    /// <summary>A page down: every row of the screen is another.</summary>
    [Benchmark]
    public int KeyAndWholeFrame() => KeyAndFrame(_model.Connections.Cursor > Connections - 1000 ? "g" : "Ctrl-f");

    /// <summary>One row down.</summary>
    [Benchmark]
    public int KeyAndFrame() => KeyAndFrame(_model.Connections.Cursor > Connections - 1000 ? "g" : "j");

    /// <summary>To the next row that shows what went wrong, where there is none: all rows are looked at.</summary>
    [Benchmark]
    public int NextEvidence()
    {
        _model = Update.Of(_model, new KeyPressed("g")).Model;
        return KeyAndFrame("e");
    }

    [Benchmark]
    public int SortByText() => Arranger.Connections(_rows, new Arrange(ListKind.Connections, 1, "", "why", false, Connections, -1, Language.English), null, CancellationToken.None).Rows.Length;

    [Benchmark]
    public int SortByNumber() => Arranger.Connections(_rows, new Arrange(ListKind.Connections, 1, "", "idle max", true, Connections, -1, Language.English), null, CancellationToken.None).Rows.Length;

    [Benchmark]
    public int CountPorts() => PortCounting.Of(_rows, Connections, PortProfile.Linux, CancellationToken.None).Count;

    private sealed class NoPages : IRulePages
    {
        public string Of(RuleCard card) => "";
    }

    private int KeyAndFrame(string key)
    {
        _model = Update.Of(_model, new KeyPressed(key)).Model;
        _sheet.Grid.Clear();
        Frame.Draw(_model, _sheet);
        return _painter.Paint(_sheet.Grid).Length;
    }
}
