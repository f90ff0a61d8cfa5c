using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>The longest run of small segments that an end sent while the other sent no octets: RFC 9293 §3.8.6.2.</summary>
/// <param name="From">The acknowledgment behind which it began.</param>
/// <param name="To">The acknowledgment of its last octets.</param>
public readonly record struct SmallSegmentRun(int Segments, long Octets, PacketRef From, PacketRef To);

/// <summary>
/// Looks for small segments from one round trip to the next, not at each segment: how many segments and how many octets an
/// end has sent is known anyway. It begins where a series of round trips does.
/// </summary>
internal sealed class SmallSegments
{
    /// <summary>On average between two round trips; larger ones end the run. A quarter of the usual segment is larger.</summary>
    private const int Small = 256;

    private bool _isRunning;
    private uint _start;
    private uint _next;
    private uint _otherNext;
    private int _packetsBefore;
    private int _packets;
    private PacketRef _from;

    public SmallSegmentRun Longest { get; private set; }

    public void Clear()
    {
        _isRunning = false;
        (_start, _next, _otherNext, _packetsBefore, _packets) = (0, 0, 0, 0, 0);
        _from = default;
        Longest = default;
    }

    /// <summary>A round trip of the end ends.</summary>
    /// <param name="next">How far its stream has come.</param>
    /// <param name="packets">Sent by it so far.</param>
    /// <param name="otherNext">How far the stream of the other end has come.</param>
    public void Note(uint next, int packets, uint otherNext, PacketRef acknowledgment)
    {
        var octets = SequenceNumber.Distance(next, _next);
        var segments = packets - _packets;
        if (!_isRunning || otherNext != _otherNext || octets < 0 || octets >= (long)Small * segments)
        {
            (_start, _packetsBefore, _from) = (next, packets, acknowledgment);
            _isRunning = true;
        }
        else if (packets - _packetsBefore > Longest.Segments)
        {
            Longest = new SmallSegmentRun(packets - _packetsBefore, unchecked(next - _start), _from, acknowledgment);
        }

        (_next, _packets, _otherNext) = (next, packets, otherNext);
    }
}
