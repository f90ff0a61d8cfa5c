using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Http;

/// <summary>How octets reach what follows HTTP.</summary>
internal sealed partial class MessageReader
{
    /// <summary>Where the octets begin that are no part of a message that is known.</summary>
    public long BeyondMessages => State switch
    {
        ReaderState.Head => _message.HeadOffset,
        ReaderState.Hunt => _huntFrom,
        _ => Position,
    };

    /// <summary>HTTP ends here: octets that came early, while the answer was awaited, belong to what follows.</summary>
    public void LeaveHttp()
    {
        var held = _buffer;
        var heldFrom = State == ReaderState.Withheld ? Position - held.Length : _message.HeadOffset;
        _buffer = default;
        Reset();
        State = ReaderState.Opaque;
        if (held.Length > 0)
        {
            GiveOn(held.Octets, heldFrom);
            held.Release();
        }
    }

    private void GiveOn(ReadOnlySpan<byte> octets, long offset) => _conversation.GiveOn(new StreamChunk
    {
        Connection = _conversation.Connection,
        Sender = side,
        Offset = offset,
        Packet = _packet,
        Contiguous = _contiguous,
        Acknowledged = _acknowledged,
        Octets = octets,
    });

    private int StepOpaque(ReadOnlySpan<byte> octets)
    {
        GiveOn(octets, Position);
        return octets.Length;
    }
}
