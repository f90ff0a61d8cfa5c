using System.Buffers;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Capture.Live;

/// <summary>How much has to be given up for packets to be taken at all.</summary>
internal enum ShedLevel : byte
{
    None,

    /// <summary>Payload without an HTTP head.</summary>
    Bodies,

    /// <summary>All payload.</summary>
    Heads,

    /// <summary>Whole packets, but for those that open or close a connection.</summary>
    Packets,
}

/// <summary>
/// Takes from a packet what can best be missed. What is cut is cut as by a snap length: the packet keeps its headers and
/// its length on the wire, so that states, sequence numbers and sums stay right.
/// </summary>
internal sealed class PayloadShedder
{
    private readonly Glance _glance = new();
    private readonly FrameDecoder _decoder;

    // Fragments are not put together here: the line does that.
    public PayloadShedder() => _decoder = new FrameDecoder(_glance, new DecoderLimits { MaximumDatagrams = 1 });

    /// <summary>How many of the packet's octets stay; -1 where it is given up as a whole.</summary>
    public int Shed(in PacketRecord record, ReadOnlySpan<byte> octets, ShedLevel level, ref ShedCounts counts)
    {
        _glance.Look(_decoder, record, octets);
        if (level == ShedLevel.Packets && !_glance.IsDecisive)
        {
            counts = counts.Plus(new ShedCounts(0, 0, 0, Packets: 1));
            return -1;
        }

        var payload = _glance.PayloadEnd - _glance.PayloadStart;
        if (payload == 0 || (_glance.HasHead && level == ShedLevel.Bodies))
        {
            return octets.Length;
        }

        counts = counts.Plus(_glance.HasHead ? new ShedCounts(0, 1, payload, 0) : new ShedCounts(1, 0, payload, 0));
        return _glance.PayloadStart;
    }

    /// <summary>What a packet is: for one packet at a time.</summary>
    private sealed unsafe class Glance : ISegmentSink
    {
        private const TcpFlags Decisive = TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst;

        /// <summary>The longest method that is registered has 17 letters (UPDATEREDIRECTREF).</summary>
        private const int LongestMethod = 17;

        private static readonly SearchValues<byte> MethodLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ-"u8);

        private byte* _first;
        private int _length;

        public bool IsDecisive { get; private set; }

        public bool HasHead { get; private set; }

        /// <summary>Where the payload stands in the packet; empty where it has none, or was unpacked from it.</summary>
        public int PayloadStart { get; private set; }

        public int PayloadEnd { get; private set; }

        public void Look(FrameDecoder decoder, in PacketRecord record, ReadOnlySpan<byte> octets)
        {
            IsDecisive = HasHead = false;
            PayloadStart = PayloadEnd = 0;
            fixed (byte* first = octets)
            {
                _first = first;
                _length = octets.Length;
                decoder.Decode(record, octets);
            }
        }

        public void OnSegment(in TcpSegment segment)
        {
            IsDecisive = (segment.Header.Flags & Decisive) != 0;
            HasHead = BeginsWithHead(segment.Payload);
            fixed (byte* payload = segment.Payload)
            {
                if (payload >= _first && payload < _first + _length)
                {
                    PayloadStart = (int)(payload - _first);
                    PayloadEnd = PayloadStart + segment.Payload.Length;
                }
            }
        }

        /// <summary>An error that a router or host reports is rare, and explains much.</summary>
        public void OnIcmpError(in IcmpError error) => IsDecisive = true;

        public void OnOther(PacketRef packet, OtherPacket kind)
        {
        }

        public void OnUndecodable(in UndecodablePacket packet)
        {
        }

        // A status line, or a method and a space. A head that begins in mid-segment goes with the body before it.
        private static bool BeginsWithHead(ReadOnlySpan<byte> payload)
        {
            if (payload.StartsWith("HTTP/"u8))
            {
                return true;
            }

            var letters = payload.IndexOfAnyExcept(MethodLetters);
            return letters is > 0 and <= LongestMethod && payload[letters] == (byte)' ';
        }
    }
}
