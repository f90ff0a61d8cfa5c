using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp.Diagnosis;

/// <summary>The longest run of small segments that an end sent while the other sent no octets: RFC 9293 §3.8.6.2.</summary>
/// <param name="From">The acknowledgment behind which it began.</param>
/// <param name="To">The acknowledgment of its last octets.</param>
public readonly record struct SmallSegmentRun(int Segments, long Octets, PacketRef From, PacketRef To);

/// <summary>
/// Looks for small segments from one round trip to the next, not at each segment: between two acknowledgments the count of
/// segments and the octets are known anyway. It begins where a series of round trips does.
/// </summary>
internal sealed class SmallSegments
{
    /// <summary>On average between two round trips; larger ones end the run. A quarter of the usual segment is larger.</summary>
    private const int Small = 256;

    private bool _isRunning;
    private uint _start;
    private uint _end;
    private uint _otherNext;
    private int _packetsBefore;
    private int _packets;
    private PacketRef _from;

    public SmallSegmentRun Longest { get; private set; }

    /// <summary>A round trip ends: octets up to <paramref name="end"/> are acknowledged.</summary>
    /// <param name="packets">Sent by their sender so far.</param>
    /// <param name="otherNext">How far the stream of the other end has come.</param>
    public void Note(uint end, int packets, uint otherNext, PacketRef acknowledgment)
    {
        var octets = unchecked((int)(end - _end));
        var segments = packets - _packets;
        if (!_isRunning || otherNext != _otherNext || octets < 0 || octets >= (long)Small * segments)
        {
            (_start, _packetsBefore, _from) = (end, packets, acknowledgment);
            _isRunning = true;
        }
        else if (packets - _packetsBefore > Longest.Segments)
        {
            Longest = new SmallSegmentRun(packets - _packetsBefore, unchecked(end - _start), _from, acknowledgment);
        }

        (_end, _packets, _otherNext) = (end, packets, otherNext);
    }
}
