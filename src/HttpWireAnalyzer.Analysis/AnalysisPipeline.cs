using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Analysis.Lines;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis;

/// <summary>The one loop: pulls packets and pushes them down the line (docs/architecture.md).</summary>
public static class AnalysisPipeline
{
    /// <summary>
    /// Reads <paramref name="source"/> to its end, or until <paramref name="stop"/>, and closes every connection:
    /// an interrupted run gives whole results for what it read.
    /// </summary>
    public static CaptureTotals Run(
        IPacketSource source, IExchangeSink sink, AnalysisOptions options, AnalysisTaps taps, CancellationToken stop)
    {
        // Who looks at streams or packets wants them in capture order, which only one line has.
        var isAlone = options.Threads <= 1 || taps.Streams is not null || taps.Packets is not null;
        using IEntrance entrance = isAlone
            ? new OneLine(sink, options, taps)
            : new LinesInParallel(sink, options, taps.Progress);

        var read = new ReadSpan { Tick = options.Tracker.Tick };
        while (!stop.IsCancellationRequested && source.Read(entrance.Batch))
        {
            if (entrance.Batch.Count == 0)
            {
                PassTime(entrance, ref read);
            }

            if (!TakeBatch(entrance, ref read, options.MaxPackets))
            {
                break;
            }

            entrance.AfterBatch(read.Packets, read.Octets);
        }

        entrance.Finish();
        var counts = entrance.Counts;
        return new CaptureTotals(
            new PacketKinds(
                counts.Packets,
                counts.TcpSegments,
                counts.IcmpErrors,
                counts.NotIp,
                counts.NotTcp,
                counts.FragmentsHeld,
                counts.Undecodable,
                counts.TcpHeadersCut),
            entrance.LateSegments,
            entrance.Evicted,
            read.Octets,
            read.First,
            read.Last,
            read.Earliest,
            read.Latest,
            source.Interfaces,
            source.Remarks,
            stop.IsCancellationRequested)
        {
            Backwards = read.Backwards,
        };
    }

    /// <summary>False once enough packets have been read.</summary>
    private static bool TakeBatch(IEntrance entrance, ref ReadSpan read, long maxPackets)
    {
        var batch = entrance.Batch;
        var first = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var record = ref batch[i];
            if (record.Packet.Time >= read.NextTick || read.HasGoneBack(record.Packet.Time))
            {
                // At whole ticks, not at whichever packet comes: what leaves must not depend on other packets.
                entrance.Take(first, i);
                first = i;
                read.NextTick = record.Packet.Time.Next(read.Tick);
                read.Behind = 0;
                entrance.Tick(read.NextTick.Plus(-read.Tick), record.Packet);
            }

            read.Add(record);
            if (read.Packets == maxPackets)
            {
                entrance.Take(first, i + 1);
                return false;
            }
        }

        entrance.Take(first, batch.Count);
        return true;
    }

    /// <summary>Ticks where no packet is there to bring the time.</summary>
    private static void PassTime(IEntrance entrance, ref ReadSpan read)
    {
        var clock = entrance.Batch.Clock;
        if (clock >= read.NextTick && read.Packets > 0)
        {
            read.NextTick = clock.Next(read.Tick);
            entrance.Tick(read.NextTick.Plus(-read.Tick), new PacketRef(read.Last.Number + 1, clock));
        }
    }

    /// <summary>How much was read, and the times it spans.</summary>
    private struct ReadSpan
    {
        /// <summary>Nanoseconds that a packet may be behind the clock: queues and interfaces are not in step.</summary>
        private const long UsuallyBehind = 4 * Timestamp.NanosecondsPerSecond;

        /// <summary>
        /// Packets in a row that must be further behind before the clock is set back: one alone may lie, and so may one of
        /// two interfaces. Until then nothing leaves, and no more can have been entered than these bring.
        /// </summary>
        private const int MostBehind = 256;

        public long Packets;
        public long Octets;
        public PacketRef First;
        public PacketRef Last;
        public Timestamp Earliest;

        /// <summary>Before any, beyond all.</summary>
        public Timestamp Latest = new(long.MaxValue);
        public TimeReversals Backwards;

        /// <summary>Nanoseconds from one tick to the next.</summary>
        public long Tick;

        /// <summary>The tick that the capture's clock has still to pass.</summary>
        public Timestamp NextTick;

        /// <summary>Packets in a row that are far behind the clock.</summary>
        public int Behind;

        public ReadSpan()
        {
        }

        /// <summary>
        /// The clock was ahead: a packet came from the future, the machine's clock was set back, or another capture was put
        /// behind this one. Nothing would leave until time has caught up.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool HasGoneBack(Timestamp time)
        {
            if (NextTick.Since(time) <= UsuallyBehind)
            {
                Behind = 0;
                return false;
            }

            return ++Behind > MostBehind;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(in PacketRecord record)
        {
            Packets++;
            Octets += record.CapturedLength;
            Last = record.Packet;
            if (record.Packet.Time > Latest)
            {
                Latest = record.Packet.Time;
            }
            else
            {
                AddNotLater(record);
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void AddNotLater(in PacketRecord record)
        {
            var time = record.Packet.Time;
            if (Packets == 1)
            {
                First = record.Packet;
                Earliest = Latest = time;
            }
            else if (Latest.Since(time) > TimeReversals.Tolerance)
            {
                Backwards = Backwards.With(record.Packet, Latest.Since(time));
                Earliest = time < Earliest ? time : Earliest;
            }
            else if (time < Earliest)
            {
                Earliest = time;
            }
        }
    }
}
