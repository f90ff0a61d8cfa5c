using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>How streams open, and how they end (RFC 9113 §5.1).</summary>
internal sealed partial class Http2Conversation
{
    /// <summary>HEADERS on a stream that is not open: its first, or of one that is over.</summary>
    private StreamUnderWay? TryOpen(Http2FrameReader reader, in FrameInHand first)
    {
        var isOfRequester = IsOfRequester(first.Stream);
        ref var last = ref isOfRequester ? ref _lastOfRequester : ref _lastOfResponder;
        if (first.Stream <= last)
        {
            // What was on its way when the stream was reset or refused. RFC 9113 §5.1.1: a new one would be greater.
            return null;
        }

        // Else its request was not captured, or is late; nobody but the client opens a stream with an odd number.
        var isOpening = isOfRequester && reader.Side == _requester;
        var isLate = isOfRequester && !isOpening && reader.Acknowledged > _fromRequester.Reader.Position;
        if (!isOpening && !isLate && !this[reader.Side.Other()].LostPlace && !this[reader.Side].LostPlace)
        {
            Remark(reader, 0, HttpAnomalies.InvalidFrame, first.Offset, 0);
            return null;
        }

        last = first.Stream;
        var stream = Open(reader, first.Stream, first.Start);
        if (stream is not null && !isOpening)
        {
            // The stream is as if the request had come, and ended, if it lies in a hole.
            stream.Move(_requester, Http2StreamInput.SendHeaders, Http2StreamInput.ReceiveHeaders);
            stream.IsRequestLate = isLate;
            _mayBeLate |= isLate;
            if (!isLate)
            {
                GiveUpRequest(stream);
            }
        }

        return stream;
    }

    private void GiveUpRequest(StreamUnderWay stream)
    {
        stream.Move(_requester, Http2StreamInput.SendEndStream, Http2StreamInput.ReceiveEndStream);
        stream.RequestInHole = true;
        stream.IsRequestLate = false;
    }

    /// <summary>RFC 9113 §5.1.1: streams are opened in the order of their numbers, so that requests of lesser ones were lost.</summary>
    private void GiveUpLate(int below)
    {
        if (!_mayBeLate)
        {
            return;
        }

        _mayBeLate = false;
        foreach (var stream in _open.Values.Where(stream => stream.IsRequestLate).ToArray())
        {
            if (stream.Id >= below)
            {
                _mayBeLate = true;
                continue;
            }

            GiveUpRequest(stream);
            if (stream.IsClosed)
            {
                Finish(stream, stream.OutcomeWhenClosed(), stream.Exchange.ResponseTrace.End);
            }
        }
    }

    private StreamUnderWay? Open(Http2FrameReader reader, int id, PacketRef start)
    {
        var ordinal = ++_ordinals;
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

        var wasIdle = _open.Count == 0;
        StreamUnderWay stream = new(id, ordinal, _requester)
        {
            Exchange = Begun(id, ordinal, wasIdle && !_lastEnd.IsNone ? Math.Max(0, start.Time.Since(_lastEnd.Time)) : -1),

            // A reader that looks for its place passes over all that is sent until then.
            RequestInHole = _fromRequester.Reader.State == FrameReaderState.Hunt,
            ResponseInHole = _fromResponder.Reader.State == FrameReaderState.Hunt,
        };
        _open.Add(id, stream);
        _account.TakeStream(_open.Count);
        if (wasIdle)
        {
            _sink.OnBusy(_id, start);
        }

        return stream;
    }

    private HttpExchange Begun(int id, int ordinal, long idleBefore) => new()
    {
        Connection = _id,
        Ordinal = ordinal,
        IsCold = ordinal == 1 && _isFromBeginning,
        Stream = id,
        Request = null,
        Response = null,
        Requester = _requester,
        RequestTrace = default,
        ResponseTrace = default,
        InterimResponses = 0,
        FirstInterim = default,
        RequesterHad = -1,
        PipelineDepth = 1,
        Outstanding = 0,
        IdleBefore = idleBefore,
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
        var stream = Open(_fromRequester.Reader, 1, change.Packet)!;
        stream.Move(_requester, Http2StreamInput.SendHeaders, Http2StreamInput.ReceiveHeaders);
        stream.Move(_requester, Http2StreamInput.SendEndStream, Http2StreamInput.ReceiveEndStream);
        stream.Exchange.Request = change.Request;
        stream.Exchange.RequestTrace = change.RequestTrace;
        stream.RequestInHole = change.Request is null;
        if (change.Request is null)
        {
            _fromResponder.Fields.AllowedTableSize = -1;
            return;
        }

        stream.EndMessage(_requester);

        // RFC 7540 §3.2.1: as if it had come in SETTINGS, before the response.
        if (change.Request.Field("HTTP2-Settings") is { } field && SettingsPayload.TryDecode(field, out var settings))
        {
            Allow(_requester, settings);
        }
    }

    /// <summary>RFC 9113 §6.8: the server did not process streams beyond the last that it names, and will not.</summary>
    private bool IsRefused(StreamUnderWay stream) =>
        IsOfRequester(stream.Id) && stream.Id > _refusedBeyond && stream.Exchange.Response is null;

    /// <summary>The responder's stream is over: what has no whole answer by now gets none.</summary>
    /// <param name="all">Nothing more comes of the requester: else those go on whose end it may still send.</param>
    private void EndStreams(in StreamEnd end, bool all)
    {
        var isCaptureEnd = end.Cause == StreamEndCause.CaptureEnd;
        foreach (var stream in _open.Values.Where(stream => all || !MayGoOn(stream)).OrderBy(stream => stream.Id).ToArray())
        {
            Finish(stream, stream.OutcomeAtEnd(isCaptureEnd), PacketRef.Later(end.Packet, stream.Exchange.RequestTrace.End));
        }
    }

    /// <summary>
    /// The rest of its request, or its RST_STREAM, may come behind the end of the responses: a whole response may be out before
    /// the request is (RFC 9113 §8.1), and what the responder had acknowledged waits behind a hole.
    /// </summary>
    private bool MayGoOn(StreamUnderWay stream) =>
        stream.IsRequestLate || (stream.ResponseEnded && !stream.RequestEnded)
        || _fromResponder.Reader.Acknowledged > _fromRequester.Reader.Position;

    private void Finish(StreamUnderWay stream, ExchangeEnd end, PacketRef by)
    {
        _open.Remove(stream.Id);
        ref var exchange = ref stream.Exchange;
        if (end == ExchangeEnd.Complete)
        {
            // What waited behind a hole is read after what came later.
            by = PacketRef.Later(by, PacketRef.Later(exchange.RequestTrace.End, exchange.ResponseTrace.End));
        }

        exchange.End = end;
        exchange.EndedBy = by;
        exchange.Outstanding = _open.Count;
        exchange.Persistence = end is not (ExchangeEnd.Complete or ExchangeEnd.Switched) ? default
            : _isClosing ? new Persistence(PersistenceVerdict.Closes, PersistenceRule.Goaway)
            : new Persistence(PersistenceVerdict.Persistent, PersistenceRule.Http2Default);
        _lastEnd = PacketRef.Later(_lastEnd, by);
        _account.TakeEnd(exchange);
        _sink.OnExchange(exchange);
    }
}
