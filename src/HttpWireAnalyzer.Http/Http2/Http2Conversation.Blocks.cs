using HttpWireAnalyzer.Http.Http2.Hpack;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>How the fragments of a field block come together, and what it was the block of (RFC 9113 §4.3).</summary>
internal sealed partial class Http2Conversation
{
    private void BeginBlock(Direction direction, in FrameInHand frame, ReadOnlySpan<byte> payload)
    {
        if (!FieldBlockPayload.TryParse(frame.Type, frame.Flags, payload, out var block))
        {
            // RFC 9113 §6.2: padding that leaves no room is a connection error.
            Remark(direction.Reader, OrdinalOf(frame.Stream), HttpAnomalies.InvalidFrame, frame.Offset, 0);
            direction.Fields.Forget();
            return;
        }

        direction.BeginBlock(frame, block.PromisedStream, block.Fragment);
        EndBlockIfLast(direction, frame);
    }

    private void ContinueBlock(Direction direction, in FrameInHand frame, ReadOnlySpan<byte> payload)
    {
        if (!direction.IsInBlock)
        {
            // Behind a hole, or behind a block that was given up: what it went on with is told already.
            return;
        }

        direction.Append(payload);
        EndBlockIfLast(direction, frame);
    }

    private void EndBlockIfLast(Direction direction, in FrameInHand last)
    {
        if (!last.Has(Http2FrameFlags.EndHeaders))
        {
            return;
        }

        var first = direction.Block;
        var reader = direction.Reader;
        var odd = Decode(direction, out var unknown);
        var promised = direction.Promised;
        direction.LoseBlock();
        var stream = first.Type == Http2FrameType.PushPromise
            ? TakePromise(reader, first, promised, last)
            : TakeHeaders(reader, first, last);
        if (odd != HttpAnomalies.None)
        {
            RemarkOn(reader, stream, odd & ~HttpAnomalies.UnknownFields, first.Offset, 0);
            RemarkOn(reader, stream, odd & HttpAnomalies.UnknownFields, first.Offset, unknown);
        }

        if (stream is not null && first.EndsStream)
        {
            EndIfLast(reader, first, stream);
        }
        else if (stream is not null && IsRefused(stream))
        {
            Finish(stream, ExchangeEnd.Refused, reader.Contiguous);
        }
    }

    private HttpAnomalies Decode(Direction direction, out int unknown)
    {
        unknown = 0;
        if (direction.IsBlockTooLong)
        {
            // What the rest puts into the table is not known.
            direction.Fields.Forget();
            _fields.Clear();
            return HttpAnomalies.HeadTooLong;
        }

        var outcome = direction.Fields.Decode(direction.BlockOctets, _fields);
        unknown = _fields.Count(field => field.Unknown != UnknownParts.None);
        return ((outcome & HpackOutcome.Unknown) != 0 ? HttpAnomalies.UnknownFields : HttpAnomalies.None)
            | ((outcome & HpackOutcome.TooLong) != 0 ? HttpAnomalies.HeadTooLong : HttpAnomalies.None)
            | ((outcome & HpackOutcome.TableTooLarge) != 0 ? HttpAnomalies.FieldTableTooLarge : HttpAnomalies.None)
            | ((outcome & HpackOutcome.Broken) != 0 ? HttpAnomalies.InvalidFieldBlock : HttpAnomalies.None);
    }
}
