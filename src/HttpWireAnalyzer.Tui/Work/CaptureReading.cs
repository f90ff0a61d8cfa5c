using System.Diagnostics;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Tui.Rows;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Runs the line over the capture on a thread of its own, and posts how far it is.</summary>
internal sealed class CaptureReading : IAnalysisProgress
{
    /// <summary>A person sees no more frames than this of numbers that count up.</summary>
    private static readonly TimeSpan BetweenCounts = TimeSpan.FromMilliseconds(100);

    /// <summary>Sums over the capture are copied for the screen, at a cost that grows with pools and findings.</summary>
    private static readonly TimeSpan BetweenSums = TimeSpan.FromSeconds(1);

    /// <summary>After the last packet: closed connections leave within it.</summary>
    private static readonly TimeSpan BeforeStill = TimeSpan.FromSeconds(2);

    private readonly ICaptureInput _input;
    private readonly IMailbox _mailbox;
    private readonly CaptureOverview _overview = new();
    private readonly RowWriter _writer;
    private readonly PoolAccount _pools;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private CaptureState _state;
    private long _packets = -1;
    private TimeSpan _settled;
    private IReadProgress? _read;
    private TimeSpan _nextCounts;
    private TimeSpan _nextSums = BetweenCounts;

    public CaptureReading(ICaptureInput input, CaptureRows rows, IMailbox mailbox)
    {
        _input = input;
        _mailbox = mailbox;
        _writer = new RowWriter(rows, input.Rules, input.Owners, _overview);
        _pools = new PoolAccount(_writer);
        _state = new CaptureState { Rows = rows, Phase = input.IsLive ? CapturePhase.Live : CapturePhase.Reading };
    }

    /// <summary>Reads to the end, or until <paramref name="stop"/>; the last message says how it ended.</summary>
    public void Run(CancellationToken stop)
    {
        try
        {
            using var source = _input.Open();
            _read = source as IReadProgress;
            var totals = AnalysisPipeline.Run(source, _pools, _input.Options, new AnalysisTaps(Progress: this), stop);
            var pools = _pools.Report();
            Post(Counted(totals.Packets, totals.Octets) with
            {
                Phase = CapturePhase.Done,
                Share = 1,
                Totals = totals,
                Overview = _overview,
                Pools = pools,
                Findings = _writer.Conclude(totals, pools),
            });
        }
        catch (Exception failure) when (failure is CaptureFormatException or CaptureFilterException or LiveCaptureException or IOException)
        {
            Post(_state with { Phase = CapturePhase.Failed, Failure = failure.Message });
        }
    }

    public void OnProgress(long packets, long octets)
    {
        var now = _clock.Elapsed;
        if (packets != _packets)
        {
            (_packets, _settled) = (packets, now + BeforeStill);
        }

        if (now < _nextCounts)
        {
            return;
        }

        if (_writer.LookForOwners())
        {
            _settled = now + BeforeStill;
        }

        // Of an interface where nothing comes, nothing changes either.
        if (now > _settled)
        {
            _nextCounts = now + BetweenCounts;
            return;
        }

        _state = Counted(packets, octets);
        if (now >= _nextSums)
        {
            _state = _state with { Overview = _overview.Copy(), Pools = _pools.SoFar(), Findings = _writer.SoFar() };

            // However many there are, a fifth of the time at most goes into showing them.
            _nextSums = _clock.Elapsed + TimeSpan.FromTicks(long.Max(BetweenSums.Ticks, 4 * (_clock.Elapsed - now).Ticks));
        }

        _nextCounts = _clock.Elapsed + BetweenCounts;
        Post(_state);
    }

    private CaptureState Counted(long packets, long octets) => _state with
    {
        Connections = _state.Rows.Connections.Count,
        Exchanges = _state.Rows.Exchanges.Count,
        Elapsed = _clock.Elapsed,
        Packets = packets,
        Octets = octets,
        Share = _read is { OctetsInAll: > 0 and var all } read ? double.Clamp((double)read.OctetsRead / all, 0, 1) : null,
    };

    private void Post(CaptureState state) => _mailbox.Post(new CaptureAdvanced(state));
}
