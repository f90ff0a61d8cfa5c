using HttpWireAnalyzer.Http.Http2.Hpack;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>How frames become messages, and messages exchanges (RFC 9113 §8.1).</summary>
internal sealed partial class Http2Conversation
{
    public void OnDataBegins(Http2FrameReader reader, in FrameInHand frame)
    {
        if (_open.TryGetValue(frame.Stream, out StreamUnderWay? stream)
            && !stream.Move(reader.Side, Http2StreamInput.SendData, Http2StreamInput.ReceiveData))
        {
            Remark(reader, stream.Ordinal, HttpAnomalies.InvalidFrame, frame.Offset, 0);
        }
    }

    public void OnData(Http2FrameReader reader, in FrameInHand frame, ReadOnlySpan<byte> octets)
    {
        if (TryFindMessage(reader.Side, frame.Stream, out StreamUnderWay? stream))
        {
            stream.TakeData(reader.Side, octets);
        }
    }

    public void OnDataMissing(Http2FrameReader reader, in FrameInHand frame, long octets)
    {
        if (TryFindMessage(reader.Side, frame.Stream, out StreamUnderWay? stream))
        {
            stream.MissData(reader.Side, octets);
        }
    }

    public void OnDataEnds(Http2FrameReader reader, in FrameInHand frame)
    {
        if (TryFindMessage(reader.Side, frame.Stream, out StreamUnderWay? stream))
        {
            stream.Extend(reader.Side, frame, reader.Contiguous);
            EndIfLast(reader, frame, stream);
        }
    }

    /// <summary>A message of a stream that is open, which has begun and not ended.</summary>
    private bool TryFindMessage(Side sender, int id, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StreamUnderWay? stream) =>
        _open.TryGetValue(id, out stream) && !stream.HasEnded(sender) && stream.TraceOf(sender).Rule == BodyRule.Frames;

    private void BeginBlock(Direction direction, in FrameInHand frame, ReadOnlySpan<byte> payload)
    {
        if (!FieldBlockPayload.TryParse(frame.Type, frame.Flags, payload, out FieldBlockPayload block))
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

        FrameInHand first = direction.Block;
        Http2FrameReader reader = direction.Reader;
        HttpAnomalies odd = Decode(direction, out int unknown);
        int promised = direction.Promised;
        direction.LoseBlock();
        StreamUnderWay? stream = first.Type == Http2FrameType.PushPromise
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

        HpackOutcome outcome = direction.Fields.Decode(direction.BlockOctets, _fields);
        unknown = _fields.Count(field => field.Unknown != UnknownParts.None);
        return ((outcome & HpackOutcome.Unknown) != 0 ? HttpAnomalies.UnknownFields : HttpAnomalies.None)
            | ((outcome & HpackOutcome.TooLong) != 0 ? HttpAnomalies.HeadTooLong : HttpAnomalies.None)
            | ((outcome & HpackOutcome.TableTooLarge) != 0 ? HttpAnomalies.FieldTableTooLarge : HttpAnomalies.None)
            | ((outcome & HpackOutcome.Broken) != 0 ? HttpAnomalies.InvalidFieldBlock : HttpAnomalies.None);
    }

    /// <summary>Several kinds can be told of one block; each is a remark of its own.</summary>
    private void RemarkOn(Http2FrameReader reader, StreamUnderWay? stream, HttpAnomalies kinds, long offset, long value)
    {
        if (stream is not null)
        {
            stream.Exchange.Anomalies |= kinds;
        }

        for (ulong rest = (ulong)kinds; rest != 0; rest &= rest - 1)
        {
            Remark(reader, stream?.Ordinal ?? 0, (HttpAnomalies)(rest & (~rest + 1)), offset, value);
        }
    }

    private StreamUnderWay? TakePromise(Http2FrameReader reader, in FrameInHand first, int promised, in FrameInHand last)
    {
        // RFC 9113 §8.4: the request is the server's guess; it is answered on the stream that it promises.
        if (promised == 0 || reader.Side == _requester || _open.ContainsKey(promised) || promised <= _lastOfResponder)
        {
            Remark(reader, OrdinalOf(first.Stream), HttpAnomalies.InvalidFrame, first.Offset, 0);
            return null;
        }

        _lastOfResponder = promised;
        StreamUnderWay? stream = Open(reader, promised, first.Start);
        if (stream is null)
        {
            return null;
        }

        stream.Move(reader.Side, Http2StreamInput.SendPromise, Http2StreamInput.ReceivePromise);
        RequestHead request = _heads.Request(_fields);
        stream.Exchange.Request = request;
        stream.BeginMessage(_requester, first, request, reader.Contiguous, last.EndOffset);
        stream.EndMessage(_requester);
        _account.TakePush();
        RemarkOn(reader, stream, request.Anomalies, first.Offset, 0);
        return stream;
    }

    private StreamUnderWay? TakeHeaders(Http2FrameReader reader, in FrameInHand first, in FrameInHand last)
    {
        if (!_open.TryGetValue(first.Stream, out StreamUnderWay? stream))
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

        ref MessageTrace trace = ref stream.TraceOf(reader.Side);
        if (trace.Rule == BodyRule.Frames)
        {
            // RFC 9113 §8.1: fields behind the body are trailers.
            trace.Trailers = _fields.Count > 0 ? _heads.Trailers(_fields) : null;
            trace.EndOffset = last.EndOffset;
            trace.End = reader.Contiguous;
        }
        else if (reader.Side == _requester)
        {
            RequestHead request = _heads.Request(_fields);
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
        ResponseHead response = _heads.Response(_fields);
        RemarkOn(reader, stream, response.Anomalies, first.Offset, 0);
        ref HttpExchange exchange = ref stream.Exchange;
        if (response.Status is < 100 or >= 200)
        {
            exchange.Response = response;
            stream.BeginMessage(reader.Side, first, response, reader.Contiguous, last.EndOffset);
            return;
        }

        if (exchange.InterimResponses < _limits.InterimHeads)
        {
            Array.Resize(ref exchange.Interims, exchange.InterimResponses + 1);
            exchange.Interims[^1] = response;
        }

        exchange.FirstInterim = exchange.InterimResponses == 0 ? reader.Contiguous : exchange.FirstInterim;
        exchange.InterimResponses++;
    }

    /// <summary>HEADERS on a stream that is not open: its first, or of one that is over.</summary>
    private StreamUnderWay? TryOpen(Http2FrameReader reader, in FrameInHand first)
    {
        bool isOfRequester = IsOfRequester(first.Stream);
        ref int last = ref isOfRequester ? ref _lastOfRequester : ref _lastOfResponder;
        if (first.Stream <= last)
        {
            // What was on its way when the stream was reset or refused. RFC 9113 §5.1.1: a new one would be greater.
            return null;
        }

        // Else its request was not captured; nobody but the client opens a stream with an odd number.
        bool isOpening = isOfRequester && reader.Side == _requester;
        if (!isOpening && !this[reader.Side.Other()].LostPlace && !this[reader.Side].LostPlace)
        {
            Remark(reader, 0, HttpAnomalies.InvalidFrame, first.Offset, 0);
            return null;
        }

        last = first.Stream;
        StreamUnderWay? stream = Open(reader, first.Stream, first.Start);
        if (stream is not null && !isOpening)
        {
            // The request was in a hole: the stream is as if it had come, and ended.
            stream.Move(_requester, Http2StreamInput.SendHeaders, Http2StreamInput.ReceiveHeaders);
            stream.Move(_requester, Http2StreamInput.SendEndStream, Http2StreamInput.ReceiveEndStream);
            stream.RequestInHole = true;
        }

        return stream;
    }

    private StreamUnderWay? Open(Http2FrameReader reader, int id, PacketRef start)
    {
        int ordinal = ++_ordinals;
        if (_open.Count >= _limits.OpenStreams)
        {
            if (!_tooManyTold)
            {
                Remark(reader, 0, HttpAnomalies.TooManyStreams, reader.Position, _limits.OpenStreams);
            }

            _tooManyTold = true;
            _account.TakeStream(_open.Count);
            return null;
        }

        bool wasIdle = _open.Count == 0;
        StreamUnderWay stream = new(id, ordinal, _requester)
        {
            Exchange = Begun(id, ordinal),
            IdleBefore = wasIdle && !_lastEnd.IsNone ? Math.Max(0, start.Time.Since(_lastEnd.Time)) : -1,
        };
        stream.Exchange.IdleBefore = stream.IdleBefore;
        _open.Add(id, stream);
        _account.TakeStream(_open.Count);
        if (wasIdle)
        {
            _sink.OnBusy(_id, start);
        }

        return stream;
    }

    private HttpExchange Begun(int id, int ordinal) => new()
    {
        Connection = _id,
        Ordinal = ordinal,
        Stream = id,
        Request = null,
        Response = null,
        Requester = _requester,
        RequestTrace = default,
        ResponseTrace = default,
        InterimResponses = 0,
        FirstInterim = default,
        PipelineDepth = 1,
        Outstanding = 0,
        IdleBefore = -1,
        Persistence = default,
        End = default,
        EndedBy = default,
        Pairing = PairingConfidence.Certain,
        TunnelDepth = _tunnelDepth,
        Anomalies = HttpAnomalies.None,
    };

    /// <summary>RFC 7540 §3.2: the request that asked for h2c is stream 1, and half-closed from the client's side.</summary>
    private void BeginUpgraded(in ProtocolSwitch change)
    {
        _lastOfRequester = 1;
        StreamUnderWay stream = Open(_fromRequester.Reader, 1, change.Packet)!;
        stream.Move(_requester, Http2StreamInput.SendHeaders, Http2StreamInput.ReceiveHeaders);
        stream.Move(_requester, Http2StreamInput.SendEndStream, Http2StreamInput.ReceiveEndStream);
        stream.Exchange.Request = change.Request;
        stream.Exchange.RequestTrace = change.RequestTrace;
        stream.RequestInHole = change.Request is null;
        if (change.Request is not null)
        {
            stream.EndMessage(_requester);
        }
    }

    private void EndIfLast(Http2FrameReader reader, in FrameInHand frame, StreamUnderWay stream)
    {
        if (frame.EndsStream && !stream.HasEnded(reader.Side))
        {
            if (stream.TraceOf(reader.Side).Rule != BodyRule.None)
            {
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
