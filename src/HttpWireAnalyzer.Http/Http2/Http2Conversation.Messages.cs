using System.Diagnostics.CodeAnalysis;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>How frames become messages, and messages exchanges (RFC 9113 §8.1).</summary>
internal sealed partial class Http2Conversation
{
    public void OnDataBegins(Http2FrameReader reader, in FrameInHand frame)
    {
        KeepBlockTogether(reader, frame);
        NoteGoingOn(reader, frame);
        if (_open.TryGetValue(frame.Stream, out var stream)
            && !stream.Move(reader.Side, Http2StreamInput.SendData, Http2StreamInput.ReceiveData))
        {
            Remark(reader, stream.Ordinal, HttpAnomalies.InvalidFrame, frame.Offset, 0);
        }
    }

    public void OnData(Http2FrameReader reader, in FrameInHand frame, ReadOnlySpan<byte> octets)
    {
        if (TryFindMessage(reader.Side, frame.Stream, out var stream))
        {
            stream.TakeData(reader.Side, octets);
        }
    }

    public void OnDataMissing(Http2FrameReader reader, in FrameInHand frame, long octets)
    {
        if (TryFindMessage(reader.Side, frame.Stream, out var stream))
        {
            stream.MissData(reader.Side, octets);
        }
    }

    public void OnDataEnds(Http2FrameReader reader, in FrameInHand frame)
    {
        if (TryFindMessage(reader.Side, frame.Stream, out var stream))
        {
            stream.Extend(reader.Side, frame, reader.Contiguous);
            EndIfLast(reader, frame, stream);
        }
        else if (stream is { IsTunnel: true })
        {
            EndIfLast(reader, frame, stream);
        }
    }

    /// <summary>A message of a stream that is open, which has begun and not ended.</summary>
    private bool TryFindMessage(Side sender, int id, [NotNullWhen(true)] out StreamUnderWay? stream) =>
        _open.TryGetValue(id, out stream) && !stream.HasEnded(sender) && stream.TraceOf(sender).Rule == BodyRule.Frames;

    private StreamUnderWay? TakePromise(Http2FrameReader reader, in FrameInHand first, int promised, in FrameInHand last)
    {
        // RFC 9113 §8.4: the request is the server's guess; it is answered on the stream that it promises.
        if (promised == 0 || reader.Side == _requester || _open.ContainsKey(promised) || promised <= _lastOfResponder)
        {
            Remark(reader, OrdinalOf(first.Stream), HttpAnomalies.InvalidFrame, first.Offset, 0);
            return null;
        }

        _lastOfResponder = promised;
        var stream = Open(reader, promised, first.Start);
        if (stream is null)
        {
            return null;
        }

        stream.Move(reader.Side, Http2StreamInput.SendPromise, Http2StreamInput.ReceivePromise);
        var request = _heads.Request(_fields);
        stream.Exchange.Request = request;
        stream.BeginMessage(_requester, first, request, reader.Contiguous, last.EndOffset);
        stream.EndMessage(_requester);
        _account.TakePush();
        RemarkOn(reader, stream, request.Anomalies, first.Offset, 0);
        return stream;
    }

    private StreamUnderWay? TakeHeaders(Http2FrameReader reader, in FrameInHand first, in FrameInHand last)
    {
        if (reader.Side == _requester)
        {
            GiveUpLate(below: first.Stream);
        }

        if (!_open.TryGetValue(first.Stream, out var stream))
        {
            stream = TryOpen(reader, first);
            if (stream is null)
            {
                return null;
            }
        }

        if (!stream.Move(reader.Side, Http2StreamInput.SendHeaders, Http2StreamInput.ReceiveHeaders))
        {
            Remark(reader, stream.Ordinal, HttpAnomalies.InvalidFrame, first.Offset, 0);
            return null;
        }

        if (stream.HasEnded(reader.Side))
        {
            return stream;
        }

        ref var trace = ref stream.TraceOf(reader.Side);
        if (trace.Rule == BodyRule.Frames)
        {
            // RFC 9113 §8.1: fields behind the body are trailers.
            trace.Trailers = _fields.Count > 0 ? _heads.Trailers(_fields) : null;
            trace.EndOffset = last.EndOffset;
            trace.End = reader.Contiguous;
        }
        else if (this[reader.Side].LostPlace && FieldsToHead.AreTrailers(_fields))
        {
            // RFC 9113 §8.1: the head that they are behind, and what DATA there was, is in a hole.
            trace.Trailers = _heads.Trailers(_fields);
            stream.LoseHead(reader.Side);
        }
        else if (reader.Side == _requester)
        {
            var request = _heads.Request(_fields);
            stream.Exchange.Request = request;
            stream.BeginMessage(reader.Side, first, request, reader.Contiguous, last.EndOffset);
            RemarkOn(reader, stream, request.Anomalies, first.Offset, 0);
        }
        else
        {
            TakeResponse(reader, stream, first, last);
        }

        return stream;
    }

    private void TakeResponse(Http2FrameReader reader, StreamUnderWay stream, in FrameInHand first, in FrameInHand last)
    {
        var response = _heads.Response(_fields);
        RemarkOn(reader, stream, response.Anomalies, first.Offset, 0);
        ref var exchange = ref stream.Exchange;
        if (response.Status is < 100 or >= 200)
        {
            exchange.Response = response;
            stream.BeginMessage(reader.Side, first, response, reader.Contiguous, last.EndOffset);
            if (response.Status is >= 200 and < 300 && exchange.Request is { Method: "CONNECT" })
            {
                stream.BeginTunnel();
            }

            return;
        }

        exchange.FirstInterim = exchange.InterimResponses == 0 ? reader.Contiguous : exchange.FirstInterim;
        exchange.AddInterim(response, _limits.InterimHeads);
    }

    private void EndIfLast(Http2FrameReader reader, in FrameInHand frame, StreamUnderWay stream)
    {
        if (frame.EndsStream)
        {
            if (!stream.HasEnded(reader.Side) && stream.TraceOf(reader.Side).Rule != BodyRule.None)
            {
                if (stream.IsMalformed(reader.Side))
                {
                    RemarkOn(reader, stream, HttpAnomalies.InvalidFrame, frame.Offset, 0);
                }

                stream.EndMessage(reader.Side);
            }

            stream.Move(reader.Side, Http2StreamInput.SendEndStream, Http2StreamInput.ReceiveEndStream);
        }

        if (IsRefused(stream))
        {
            Finish(stream, ExchangeEnd.Refused, reader.Contiguous);
        }
        else if (stream.IsClosed)
        {
            Finish(stream, stream.OutcomeWhenClosed(), reader.Contiguous);
        }
    }
}
