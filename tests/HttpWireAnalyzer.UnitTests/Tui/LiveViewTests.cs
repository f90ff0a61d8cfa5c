using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Tui;

namespace HttpWireAnalyzer.UnitTests.Tui;

/// <summary>Views while packets are captured: what is not known yet is no number, and what comes later is said.</summary>
public sealed class LiveViewTests : IDisposable
{
    private readonly ScreenSession _session = ScreenSession.Of("http/keep-alive-countdown", 120, 40);
    private readonly CaptureState _whole;

    public LiveViewTests() => _whole = _session.Model.Capture;

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_overview_says_that_it_comes_at_the_end()
    {
        _session.Send(new CaptureAdvanced(_whole with { Phase = CapturePhase.Live, Totals = null, Overview = null }));
        var said = _session.Press("1").Draw();
        Assert.Contains("comes when this one has ended: :stop ends it", said, StringComparison.Ordinal);
        Assert.DoesNotContain("has been read", said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_counts_when_connections_end_is_a_dash_before_any_has()
    {
        var pool = Assert.Single(_whole.Pools!.Pools);
        Send(pool with { Connections = pool.Connections with { Present = pool.Connections.Total } });
        var said = _session.Press("4").Draw();
        Assert.Contains($"{pool.Connections.Total} of its {pool.Connections.Total} connections have not ended", said, StringComparison.Ordinal);
        Assert.DoesNotContain("0/1/0", said, StringComparison.Ordinal);

        Send(pool);
        said = _session.Draw();
        Assert.DoesNotContain("have not ended", said, StringComparison.Ordinal);
        Assert.Contains("0/1/0", said, StringComparison.Ordinal);
    }

    private void Send(PoolRecord pool) =>
        _session.Send(new CaptureAdvanced(_whole with { Phase = CapturePhase.Live, Pools = _whole.Pools! with { Pools = [pool] } }));
}
