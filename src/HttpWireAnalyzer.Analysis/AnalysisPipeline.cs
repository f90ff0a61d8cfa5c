using HttpWireAnalyzer.Analysis.Lines;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
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
        var isAlone = options.Lines <= 1 || taps.Streams is not null || taps.Packets is not null;
        using IEntrance entrance = isAlone
            ? new OneLine(sink, options, taps)
            : new LinesInParallel(sink, options);
        var decoder = new FrameDecoder(entrance.Segments, options.Decoder);

        var read = new ReadSpan { Tick = options.Tracker.Tick };
        var batch = new PacketBatch();
        while (!stop.IsCancellationRequested && source.Read(batch))
        {
            if (batch.Count == 0)
            {
                PassTime(entrance, batch.Clock, ref read, decoder.Counts.Syns);
            }

            if (!DecodeBatch(decoder, entrance, batch, ref read, options.MaxPackets))
            {
                break;
            }

            entrance.AfterBatch();
            taps.Progress?.OnProgress(read.Packets, read.Octets);
        }

        entrance.Finish();
        var counts = decoder.Counts;
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
            stop.IsCancellationRequested);
    }

    /// <summary>False once enough packets have been read.</summary>
    private static bool DecodeBatch(
        FrameDecoder decoder, IEntrance entrance, PacketBatch batch, ref ReadSpan read, long maxPackets)
    {
        var prepared = entrance.LooksAhead ? ConnectionTracker.PreparedAhead : batch.Count;
        for (var i = 0; i < batch.Count; i++)
        {
            if (i + prepared < batch.Count)
            {
                Prepare(entrance, batch, i + prepared);
            }

            ref readonly var record = ref batch[i];
            if (record.Packet.Time >= read.NextTick)
            {
                // At whole ticks, not at whichever packet comes: what leaves must not depend on other packets.
                read.NextTick = record.Packet.Time.Next(read.Tick);
                entrance.Tick(read.NextTick.Plus(-read.Tick), record.Packet, decoder.Counts.Syns);
            }

            read.Add(record);
            decoder.Decode(record, batch.OctetsOf(record));
            if (read.Packets == maxPackets)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ticks where no packet is there to bring the time.</summary>
    private static void PassTime(IEntrance entrance, Timestamp clock, ref ReadSpan read, long begun)
    {
        if (clock >= read.NextTick && read.Packets > 0)
        {
            read.NextTick = clock.Next(read.Tick);
            var next = new PacketRef(read.Last.Number + 1, clock);
            entrance.Tick(read.NextTick.Plus(-read.Tick), next, begun);
        }
    }

    private static void Prepare(IEntrance entrance, PacketBatch batch, int index)
    {
        ref readonly var record = ref batch[index];
        if (FrameDecoder.TryPeek(record, batch.OctetsOf(record), out var key))
        {
            entrance.Prepare(key);
        }
    }

    /// <summary>How much was read, and the times it spans.</summary>
    private struct ReadSpan
    {
        public long Packets;
        public long Octets;
        public PacketRef First;
        public PacketRef Last;
        public Timestamp Earliest;
        public Timestamp Latest;

        /// <summary>Nanoseconds from one tick to the next.</summary>
        public long Tick;

        /// <summary>The tick that the capture's clock has still to pass; it never goes back.</summary>
        public Timestamp NextTick;

        public void Add(in PacketRecord record)
        {
            if (Packets++ == 0)
            {
                First = record.Packet;
                Earliest = Latest = record.Packet.Time;
            }

            Octets += record.CapturedLength;
            Last = record.Packet;
            var time = record.Packet.Time;
            if (time > Latest)
            {
                Latest = time;
            }
            else if (time < Earliest)
            {
                Earliest = time;
            }
        }
    }
}
