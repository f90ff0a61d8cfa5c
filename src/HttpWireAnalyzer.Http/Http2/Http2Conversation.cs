using System.Text;
using HttpWireAnalyzer.Http.Http2.Hpack;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http.Http2;

/// <summary>
/// The HTTP/2 of one connection: brings the frames of both streams together to streams of the protocol, each of which is an
/// exchange, and keeps account of what is about the connection.
/// </summary>
/// <remarks>
/// Exchanges are given on when they end, which is not the order of their requests: a stream waits for no other. Their
/// ordinals are that order.
/// </remarks>
internal sealed partial class Http2Conversation : ISuccessor, IFrameSink
{
    private readonly IExchangeSink _sink;
    private readonly HttpLimits _limits;
    private readonly ConnectionId _id;
    private readonly Side _requester;
    private readonly byte _tunnelDepth;
    private readonly Direction _fromRequester;
    private readonly Direction _fromResponder;
    private readonly FieldsToHead _heads = new();
    private readonly List<HpackField> _fields = [];

    /// <summary>Those that are not over, by their number.</summary>
    private readonly Dictionary<int, StreamUnderWay> _open = [];

    private readonly Http2Account _account;

    /// <summary>Where its frames begin is known: the capture has its first request.</summary>
    private readonly bool _isFromBeginning;
    private int _ordinals;

    /// <summary>The greatest stream that each end opened.</summary>
    private int _lastOfRequester;
    private int _lastOfResponder;

    /// <summary>The least last stream that the responder's GOAWAYs named.</summary>
    private int _refusedBeyond = int.MaxValue;
    private bool _isClosing;

    private PacketRef _lastEnd;
    private bool _tooManyTold;

    /// <summary>An open stream's request may be late: else none is looked for, as nearly always.</summary>
    private bool _mayBeLate;

    public Http2Conversation(in ProtocolSwitch change, IExchangeSink sink, HttpLimits limits)
    {
        _sink = sink;
        _limits = limits;
        _id = change.Connection;
        _requester = change.Requester;
        _ordinals = change.Exchanges;
        _tunnelDepth = change.TunnelDepth;
        _isFromBeginning = change.RequesterFrom >= 0;
        _fromRequester = new Direction(
            new Http2FrameReader(_requester, _isFromBeginning ? FrameReaderState.Preface : FrameReaderState.Hunt, this, limits), limits,
            change.RequesterFrom);
        _fromResponder = new Direction(
            new Http2FrameReader(
                _requester.Other(), change.Response is null ? FrameReaderState.Answer : FrameReaderState.Header, this, limits), limits,
            change.ResponderFrom);
        _account = new Http2Account(change, limits);
        if (change.Response is not null)
        {
            BeginUpgraded(change);
        }
    }

    private Direction this[Side side] => side == _requester ? _fromRequester : _fromResponder;

    public void Read(in StreamChunk chunk)
    {
        BeginIfLate(this[chunk.Sender], chunk.Offset);
        this[chunk.Sender].Reader.Read(chunk);
    }

    public void Skip(in StreamGap gap)
    {
        BeginIfLate(this[gap.Sender], gap.Offset);
        this[gap.Sender].Reader.Skip(gap);
    }

    public void End(in StreamEnd end)
    {
        this[end.Sender].End = end;
        if (_fromRequester.End is not null)
        {
            GiveUpLate(below: int.MaxValue);
        }

        if (_fromResponder.End is { } last)
        {
            EndStreams(last, all: _fromRequester.End is not null);
        }
    }

    public SuccessorRecord? Close(in TcpSummary tcp)
    {
        GiveUpLate(below: int.MaxValue);
        EndStreams(
            _fromResponder.End
                ?? new StreamEnd(_id, _requester.Other(), _fromResponder.Reader.Position, StreamEndCause.CaptureEnd, tcp.Last),
            all: true);
        _fromRequester.Close();
        _fromResponder.Close();
        return _account.Record(_lastOfRequester);
    }

    public void OnPreface(Http2FrameReader reader) => _account.TakePreface(reader.Contiguous);

    public void OnHttp1Answer(Http2FrameReader reader, int status) => _account.TakeHttp1Answer(reader.Contiguous, status);

    public void OnForeign(Http2FrameReader reader) => Remark(reader, 0, HttpAnomalies.Cruft, reader.Position, 0);

    public void OnProblem(Http2FrameReader reader, in FrameInHand frame, Http2FrameProblem problem)
    {
        Remark(reader, OrdinalOf(frame.Stream), HttpAnomalies.InvalidFrame, frame.Offset, 0);
        var direction = this[reader.Side];
        if (direction.IsInBlock || IsOfFieldBlock(frame.Type))
        {
            LoseFields(direction);
        }
    }

    public void OnFrame(Http2FrameReader reader, in FrameInHand frame, ReadOnlySpan<byte> payload)
    {
        KeepBlockTogether(reader, frame);
        NoteGoingOn(reader, frame);
        var direction = this[reader.Side];
        switch (frame.Type)
        {
            case Http2FrameType.Headers or Http2FrameType.PushPromise:
                BeginBlock(direction, frame, payload);
                break;
            case Http2FrameType.Continuation:
                ContinueBlock(direction, frame, payload);
                break;
            case Http2FrameType.RstStream:
                OnReset(reader, frame, payload);
                break;
            case Http2FrameType.Settings:
                OnSettings(reader, frame, payload);
                break;
            case Http2FrameType.GoAway:
                OnGoAway(reader, frame, payload);
                break;
            case Http2FrameType.Ping when PingPayload.TryParse(payload, out var ping):
                _account.TakePing(reader.Side, reader.Contiguous, ping.Opaque, frame.Has(Http2FrameFlags.Ack));
                break;
            case Http2FrameType.WindowUpdate when !WindowUpdatePayload.TryParse(payload, out _):
                Remark(reader, OrdinalOf(frame.Stream), HttpAnomalies.InvalidFrame, frame.Offset, 0);
                break;
            default:
                // PRIORITY and WINDOW_UPDATE change no message; RFC 9113 §4.1: unknown types are to be ignored.
                break;
        }
    }

    public void OnLongFrame(Http2FrameReader reader, in FrameInHand frame)
    {
        KeepBlockTogether(reader, frame);
        if (IsOfFieldBlock(frame.Type))
        {
            LoseFields(this[reader.Side]);
            Remark(reader, OrdinalOf(frame.Stream), HttpAnomalies.HeadTooLong, frame.Offset, frame.Length);
        }
    }

    private static bool IsOfFieldBlock(Http2FrameType type) =>
        type is Http2FrameType.Headers or Http2FrameType.PushPromise or Http2FrameType.Continuation;

    /// <summary>RFC 9113 §4.3: nothing stands between the frames of a field block.</summary>
    private void KeepBlockTogether(Http2FrameReader reader, in FrameInHand frame)
    {
        var direction = this[reader.Side];
        if (direction.IsInBlock && (frame.Type != Http2FrameType.Continuation || frame.Stream != direction.Block.Stream))
        {
            Remark(reader, OrdinalOf(frame.Stream), HttpAnomalies.InvalidFrame, frame.Offset, 0);
            LoseFields(direction);
        }
    }

    private void OnSettings(Http2FrameReader reader, in FrameInHand frame, ReadOnlySpan<byte> payload)
    {
        if (frame.Has(Http2FrameFlags.Ack) || !SettingsPayload.TryParse(payload, out var settings))
        {
            return;
        }

        _account.TakeSettings(reader.Side, reader.Contiguous, settings);
        Allow(reader.Side, settings);
    }

    /// <summary>What an end allows, the other uses.</summary>
    private void Allow(Side side, SettingsPayload settings)
    {
        var other = this[side.Other()].Fields;
        for (var at = 0; at < settings.Count; at++)
        {
            var (kind, value) = settings[at];
            if (kind == Http2SettingKind.HeaderTableSize && other.AllowedTableSize >= 0)
            {
                other.AllowedTableSize = Math.Max(other.AllowedTableSize, (int)Math.Min(value, int.MaxValue));
            }
        }
    }

    private void OnGoAway(Http2FrameReader reader, in FrameInHand frame, ReadOnlySpan<byte> payload)
    {
        if (!GoAwayPayload.TryParse(payload, out var goAway))
        {
            return;
        }

        var byResponder = reader.Side != _requester;
        var last = goAway.LastStream;
        _isClosing = true;
        List<StreamUnderWay> refused = [];
        if (byResponder)
        {
            _refusedBeyond = Math.Min(_refusedBeyond, last);
            refused.AddRange(_open.Values.Where(stream => IsRefused(stream)).OrderBy(stream => stream.Id));
        }

        var debug = goAway.DebugData;
        _account.TakeGoAway(new Http2GoAway(reader.Contiguous, reader.Side, last, goAway.Code, _open.Count - refused.Count, refused.Count)
        {
            DebugData = debug.IsEmpty ? null : Encoding.Latin1.GetString(debug[..Math.Min(debug.Length, Http2GoAway.MostDebugOctets)]),
        });
        foreach (var stream in refused)
        {
            Finish(stream, ExchangeEnd.Refused, reader.Contiguous);
        }
    }

    private void OnReset(Http2FrameReader reader, in FrameInHand frame, ReadOnlySpan<byte> payload)
    {
        if (!RstStreamPayload.TryParse(payload, out var reset))
        {
            return;
        }

        var code = Http2ErrorCodes.Read(reset.Code);
        _account.TakeReset(reader.Side, reader.Contiguous, frame.Stream, code);
        if (!_open.TryGetValue(frame.Stream, out var stream)
            || !stream.Move(reader.Side, Http2StreamInput.SendReset, Http2StreamInput.ReceiveReset))
        {
            return;
        }

        stream.TraceOf(reader.Side).Reset = code;
        var isRefusal = reader.Side != _requester && code == Http2ErrorCode.RefusedStream && stream.Exchange.Response is null;

        // RFC 9113 §8.1: behind a whole response NO_ERROR asks the client for no more of the request than that it stop.
        var isAnswered = reader.Side != _requester && code == Http2ErrorCode.NoError && stream.ResponseEnded && stream.HasRequest;
        Finish(
            stream,
            isRefusal ? ExchangeEnd.Refused : isAnswered || stream.IsTunnel ? stream.OutcomeWhenClosed() : ExchangeEnd.StreamReset,
            reader.Contiguous);
    }

    private static bool IsOfRequester(int stream) => (stream & 1) == 1;

    private int OrdinalOf(int stream) => _open.TryGetValue(stream, out var known) ? known.Ordinal : 0;

    private void Remark(Http2FrameReader reader, int ordinal, HttpAnomalies kind, long offset, long value)
    {
        _account.Note(kind);
        _sink.OnHttpRemark(new HttpRemark(_id, ordinal, reader.Side, kind, offset, value, reader.Contiguous));
    }

    /// <summary>Several kinds can be told of one block; each is a remark of its own.</summary>
    private void RemarkOn(Http2FrameReader reader, StreamUnderWay? stream, HttpAnomalies kinds, long offset, long value)
    {
        if (stream is not null)
        {
            stream.Exchange.Anomalies |= kinds;
        }

        for (var rest = (ulong)kinds; rest != 0; rest &= rest - 1)
        {
            Remark(reader, stream?.Ordinal ?? 0, (HttpAnomalies)(rest & (~rest + 1)), offset, value);
        }
    }
}
