using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>What is not known where octets are missing, or were passed over.</summary>
internal sealed partial class Http2Conversation
{
    public void OnPlaceLost(Http2FrameReader reader)
    {
        var direction = this[reader.Side];
        LoseFields(direction);
        _account.LosePings(acknowledging: reader.Side);
        direction.LostPlace = true;
        foreach (var stream in _open.Values)
        {
            stream.RequestInHole |= reader.Side == _requester && !stream.RequestEnded;
            stream.ResetInHole |= reader.Side == _requester;
            stream.ResponseInHole |= reader.Side != _requester && !stream.ResponseEnded;
        }
    }

    public void OnPlaceFound(Http2FrameReader reader, long from, long passed) =>
        Remark(reader, 0, HttpAnomalies.Resynchronised, from, passed);

    /// <summary>What is passed over until the reader finds its place may be anything.</summary>
    private void BeginIfLate(Direction direction, long offset)
    {
        if (direction.BeginsLate(offset))
        {
            direction.Reader.BeginLate();
            OnPlaceLost(direction.Reader);

            // Its SETTINGS were not seen.
            this[direction.Reader.Side.Other()].Fields.AllowedTableSize = -1;
        }
    }

    /// <summary>RFC 9113 §5.1: who has reset a stream sends nothing on it any more, but PRIORITY.</summary>
    private void NoteGoingOn(Http2FrameReader reader, in FrameInHand frame)
    {
        if (reader.Side == _requester && frame.Type != Http2FrameType.Priority
            && _open.TryGetValue(frame.Stream, out var stream))
        {
            stream.ResetInHole = false;
        }
    }

    /// <summary>RFC 7541 §2.2: what a block that nobody reads puts into the table, later ones refer to.</summary>
    private static void LoseFields(Direction direction)
    {
        direction.LoseBlock();
        direction.Fields.Forget();
    }
}
