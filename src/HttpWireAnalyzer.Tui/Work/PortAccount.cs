using System.Runtime.InteropServices;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Counts ports in use over time, out of the rows of connections.</summary>
internal static class PortAccount
{
    /// <summary>Parts of a timeline: more than a wide screen has columns.</summary>
    private const int Parts = 240;

    /// <summary>Client and server pairs that are kept: those with most connections.</summary>
    private const int Kept = 1000;

    /// <summary>Most ports in use first; of equal ones, in order of address.</summary>
    public static IReadOnlyList<PortUse> Of(CaptureRows rows, int count, long timeWait, CancellationToken stop)
    {
        var groups = new Dictionary<(Address, Endpoint), List<Span>>();
        var first = new Timestamp(long.MaxValue);
        var last = new Timestamp(long.MinValue);
        var page = new ConnectionRow[PagedRows<ConnectionRow>.PageSize];
        for (var at = 0; at < count && !stop.IsCancellationRequested; at += page.Length)
        {
            var read = int.Min(rows.Connections.CopyPage(at / page.Length, page), count - at);
            foreach (ref readonly var row in page.AsSpan(0, read))
            {
                first = row.Start < first ? row.Start : first;
                last = row.Last > last ? row.Last : last;
                ref var spans = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, (row.ClientAddress, row.Server), out _);
                (spans ??= []).Add(Span.Of(row, timeWait));
            }
        }

        return
        [
            .. groups.OrderByDescending(group => group.Value.Count).ThenBy(group => group.Key.Item1.High).ThenBy(group => group.Key.Item1.Low)
                .ThenBy(group => group.Key.Item2.Port).Take(Kept)
                .TakeWhile(_ => !stop.IsCancellationRequested)
                .Select(group => UseOf(group.Key.Item1, group.Key.Item2, group.Value, first, last))
                .OrderByDescending(use => use.Peak),
        ];
    }

    private static PortUse UseOf(Address client, Endpoint server, List<Span> spans, Timestamp first, Timestamp last)
    {
        var step = long.Max(1, (last.Since(first) / Parts) + 1);
        var inUse = new Course(first, step);
        var clients = new Course(first, step);
        var servers = new Course(first, step);
        foreach (ref readonly var span in CollectionsMarshal.AsSpan(spans))
        {
            var freed = span.ClientHolds ? span.HeldUntil : span.Closed;
            inUse.Add(span.Opened, freed, last);
            if (span.ClientHolds)
            {
                clients.Add(span.HeldFrom, span.HeldUntil, last);
            }

            if (span.ServerHolds)
            {
                servers.Add(span.HeldFrom, span.HeldUntil, last);
            }
        }

        inUse.Settle();
        clients.Settle();
        servers.Settle();
        return new PortUse(
            client, server, spans.Count, inUse.Peak, inUse.PeakAt, clients.Peak, servers.Peak,
            new PortTimeline(first, step, clients.Most, servers.Most, inUse.Most));
    }

    /// <summary>When one connection had its port.</summary>
    private readonly record struct Span(
        Timestamp Opened, Timestamp Closed, Timestamp HeldFrom, Timestamp HeldUntil, bool ClientHolds, bool ServerHolds)
    {
        public static Span Of(in ConnectionRow row, long timeWait) => new(
            row.Start,
            row.Has(RowFlags.Closed) || row.How == CloseManner.Unanswered ? row.Last : new Timestamp(long.MaxValue),
            row.TimeWaitUntil.Plus(-timeWait),
            row.TimeWaitUntil,
            row.Has(RowFlags.ClientTimeWait),
            row.Has(RowFlags.ServerTimeWait));
    }

    /// <summary>A count over time: changes are gathered, and put in order once.</summary>
    private sealed class Course(Timestamp from, long step)
    {
        private readonly List<long> _up = [];
        private readonly List<long> _down = [];

        public int Peak { get; private set; }

        public Timestamp PeakAt { get; private set; }

        public int[] Most { get; } = new int[Parts];

        public void Add(Timestamp begin, Timestamp end, Timestamp last)
        {
            if (begin > last)
            {
                return;
            }

            _up.Add(begin.Nanoseconds);
            if (end <= last)
            {
                _down.Add(end.Nanoseconds);
            }
        }

        public void Settle()
        {
            _up.Sort();
            _down.Sort();
            var now = 0;
            var down = 0;
            var part = 0;
            for (var up = 0; up < _up.Count; up++)
            {
                for (; down < _down.Count && _down[down] <= _up[up]; down++)
                {
                    Reach(ref part, _down[down], now);
                    now--;
                }

                Reach(ref part, _up[up], now);
                now++;
                Most[part] = int.Max(Most[part], now);
                if (now > Peak)
                {
                    (Peak, PeakAt) = (now, new Timestamp(_up[up]));
                }
            }

            for (; down < _down.Count; down++)
            {
                Reach(ref part, _down[down], now);
                now--;
            }

            Reach(ref part, long.MaxValue, now);
        }

        /// <summary>What held until then held in all parts up to it.</summary>
        private void Reach(ref int part, long time, int now)
        {
            var until = (int)long.Clamp((time == long.MaxValue ? long.MaxValue : time - from.Nanoseconds) / step, 0, Parts - 1);
            for (; part < until; part++)
            {
                Most[part] = int.Max(Most[part], now);
            }

            Most[part] = int.Max(Most[part], now);
        }
    }
}
