using System.Globalization;
using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Slicing;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Output;
using HttpWireAnalyzer.Capture.Pcapng.Writing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tui.Work;

/// <summary>Writes the packets of the chosen connections to a file of their own, as hwa slice does.</summary>
internal static class SliceWriting
{
    /// <summary>How many packets were written.</summary>
    /// <exception cref="CaptureWriteException">The file is there already, or cannot be written.</exception>
    /// <exception cref="CaptureFormatException">The capture cannot be read again.</exception>
    public static long Of(
        ICaptureInput input, IReadOnlySet<int> connections, string path, CaptureOrigin origin, CancellationToken stop)
    {
        using var source = input.Reopen(keepsExtras: true);
        using var file = OutputFile.Create(path, overwrite: false);
        var writer = new PcapngWriter(file, origin);
        try
        {
            var window = new FrameWindow(source);
            var chosen = new ChosenPackets(connections, new SlicedPackets(window, writer));
            var totals = AnalysisPipeline.Run(
                window, new NoExchanges(), input.Options with { Threads = 1 },
                new AnalysisTaps(Streams: chosen, Packets: new FragmentKeeper(window, chosen)), stop);
            writer.AddInterfaces(totals.Interfaces);
            writer.Flush();
            return writer.Packets;
        }
        catch (IOException error)
        {
            throw new CaptureWriteException(string.Create(
                CultureInfo.InvariantCulture, $"{path}: {error.Message} It has {writer.Packets} packets, whole."), error);
        }
    }

    /// <summary>The packets of the chosen connections, and the ICMP errors that quote them.</summary>
    private sealed class ChosenPackets(IReadOnlySet<int> connections, IPacketSink next) : IPacketSink, IStreamSink
    {
        private PacketRef _quoting;

        public void OnTracked(in TcpSegment segment, in TrackedSegment tracked)
        {
            if (connections.Contains(tracked.Connection.Number))
            {
                next.OnTracked(segment, tracked);
            }
        }

        public void OnRemark(in TcpRemark remark)
        {
            if (remark.Kind == TcpRemarkKind.IcmpError && connections.Contains(remark.Connection.Number))
            {
                _quoting = remark.Packet;
            }
        }

        public void OnIcmpError(in IcmpError error)
        {
            if (error.Packet == _quoting)
            {
                next.OnIcmpError(error);
            }
        }

        public void OnOther(PacketRef packet, OtherPacket kind)
        {
        }

        public void OnUndecodable(PacketRef packet, in DecodeError error)
        {
        }

        public void OnOpened(in ConnectionOpening opening)
        {
        }

        public void OnChunk(in StreamChunk chunk)
        {
        }

        public void OnGap(in StreamGap gap)
        {
        }

        public void OnEnd(in StreamEnd end)
        {
        }

        public void OnStateChange(in TcpStateChange change)
        {
        }

        public void OnClosed(in TcpSummary summary)
        {
        }
    }
}
