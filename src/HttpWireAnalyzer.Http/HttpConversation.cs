using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// The HTTP of one connection: knows who asks and who answers, brings the messages of both streams together, and
/// sees to it that both leave HTTP at the same time. Takes over from a <see cref="ConversationRecord"/> where something
/// is not plain, and gives back what is to be kept.
/// </summary>
internal sealed partial class HttpConversation(HttpStage stage, ConversationPool pool)
{
    private readonly HttpLimits _limits = stage.Limits;
    private ConnectionId _id;
    private ExchangeLedger _ledger;
    private ReaderPlace _client;
    private ReaderPlace _server;

    /// <summary>Only while something is under way.</summary>
    private Workbench? _bench;

    private bool _requesterKnown;
    private Side _requester;
    private ApplicationProtocol _protocol;
    private ApplicationProtocol _switchedTo;

    /// <summary>Another protocol's octets that came while a switch to it was not answered yet.</summary>
    private ApplicationProtocol _cameEarly;
    private byte _tunnelDepth;
    private PairingConfidence _confidence;
    private bool _requestsLost;

    /// <summary>Requests beyond the limit, whose answers are still to come.</summary>
    private int _dropped;

    /// <summary>Where the responder's last hole ends.</summary>
    private long _responderHoleEnd;

    /// <summary>Where the requester's last hole begins and ends.</summary>
    private long _requesterHoleStart;
    private long _requesterHoleEnd;

    private StreamEndCause? _clientEnd;
    private StreamEndCause? _serverEnd;
    private PacketRef _endPacket;

    private Side Responder => _requester.Other();

    /// <param name="chunk">Its first octets may have been read already.</param>
    /// <param name="from">So many.</param>
    public void Read(in StreamChunk chunk, int from)
    {
        ref var place = ref PlaceOf(chunk.Sender);
        if (_successor is not null)
        {
            place = place with { Position = chunk.EndOffset };
            _successor.Read(chunk);
            return;
        }

        if (_bench is null && from == 0 && IsToBePassedOver(place, chunk.Octets))
        {
            place = place with { Position = chunk.EndOffset };
            return;
        }

        var bench = Bench();
        var other = bench[chunk.Sender.Other()];

        // An answer settles a line that waits to be HTTP/0.9, if the answer's sender had that line.
        if (other.IsInHead && (chunk.Acknowledged < 0 || chunk.Acknowledged > other.Message.HeadOffset))
        {
            other.SettleHeldLine();
        }

        bench[chunk.Sender].Read(chunk, from);
        Flush();
    }

    /// <summary>
    /// Octets on a RST that begin no message, where one might begin, say why it was sent (RFC 9293 §3.5.3): they answer nothing.
    /// </summary>
    public bool TryPassOverText(in StreamChunk chunk)
    {
        ref var place = ref PlaceOf(chunk.Sender);
        var state = _bench?[chunk.Sender].State ?? place.State;
        if (_successor is not null || state != ReaderState.Start
            || StartLine.Classify(chunk.Octets) is not (StartLineKind.None or StartLineKind.NeedMore))
        {
            return false;
        }

        place = place with { Position = chunk.EndOffset };
        _bench?[chunk.Sender].PassOver(chunk);
        return true;
    }

    private static bool IsToBePassedOver(in ReaderPlace place, ReadOnlySpan<byte> octets) => place.State switch
    {
        ReaderState.Opaque => true,
        ReaderState.Hunt => !StartLine.IsUnmistakable(octets, out _),
        _ => false,
    };

    public void Skip(in StreamGap gap)
    {
        if (_successor is not null)
        {
            PlaceOf(gap.Sender) = PlaceOf(gap.Sender) with { Position = gap.Offset + gap.Length };
            _successor.Skip(gap);
            return;
        }

        var reader = Bench()[gap.Sender];
        reader.Skip(gap);
        if (reader.State != ReaderState.Opaque)
        {
            Doubt(reader.LostPlace ? PairingConfidence.Possible : PairingConfidence.Likely);
        }

        var isRequester = gap.Sender == _requester;
        if (!isRequester || !_requesterKnown)
        {
            _responderHoleEnd = gap.Offset + gap.Length;
        }

        if (isRequester && reader.LostPlace)
        {
            _requestsLost = true;
            (_requesterHoleStart, _requesterHoleEnd) = (gap.Offset, gap.Offset + gap.Length);
        }

        Flush();
    }

    public void End(in StreamEnd end)
    {
        (end.Sender == Side.Client ? ref _clientEnd : ref _serverEnd) = end.Cause;
        _endPacket = end.Packet;
        _successor?.End(end);
        var reader = Bench()[end.Sender];
        reader.End(end.Cause, end.Packet);
        if (_requesterKnown && end.Sender == Responder)
        {
            NoteUnreadAnswer(reader);
            SettleUnanswered();
        }

        if (_requesterKnown && end.Sender == _requester)
        {
            SettleLate();
        }

        Flush();
    }

    /// <summary>Gives on what is outstanding.</summary>
    /// <returns>What was read after HTTP/1.</returns>
    public SuccessorRecord? Close(in TcpSummary tcp)
    {
        EndIfOpen(Side.Client, tcp.Last);
        EndIfOpen(Side.Server, tcp.Last);
        if (_bench is { } bench)
        {
            SettleLate();
            SettleUnanswered();
            for (var at = 0; at < bench.Ring.Count; at++)
            {
                bench.Ring[at].Settled = true;
            }

            Flush();
            Retire();
        }

        return EndSuccessor(tcp);
    }

    /// <summary>Tracking gives each stream an end; where it gave none, the capture did.</summary>
    private void EndIfOpen(Side side, PacketRef last)
    {
        if (EndOf(side) is null)
        {
            End(new StreamEnd(_id, side, PlaceOf(side).Position, StreamEndCause.CaptureEnd, last));
        }
    }

    private StreamEndCause? EndOf(Side side) => side == Side.Client ? _clientEnd : _serverEnd;

    public void Remark(MessageReader reader, HttpAnomalies kind, long offset, long value) =>
        Remark(reader.Side, reader.Entry, kind, offset, value, reader.Packet);

    /// <summary>Octets ended that no message was found in.</summary>
    public void OnHuntEnded(MessageReader reader, long from, long passed, bool afterHole, bool found, PacketRef since)
    {
        // A connection that begins in the middle is one with a hole before it.
        var resynchronised = afterHole || (_ledger.IsMidstream && from == 0);
        var isHttp = _protocol == ApplicationProtocol.Http1 && _tunnelDepth == 0;
        if (passed > 0 && (found || (isHttp && !resynchronised)))
        {
            Remark(
                reader.Side, -1, resynchronised ? HttpAnomalies.Resynchronised : HttpAnomalies.Cruft, from, passed, since);
        }
    }

    /// <summary>Octets, captured or not, between messages that nobody can find there.</summary>
    public void OnPassedOver(MessageReader reader, in PacketRef packet)
    {
        if (_requesterKnown && reader.Side == Responder)
        {
            _ledger.PassOver(packet);
        }
    }

    /// <summary>A stream turned out to be something else.</summary>
    public void OnForeign(MessageReader reader, StartLineKind kind)
    {
        var protocol = kind switch
        {
            StartLineKind.Tls => ApplicationProtocol.Tls,
            StartLineKind.Http2Preface => ApplicationProtocol.Http2,
            _ => ApplicationProtocol.Other,
        };
        if (_tunnelDepth > 0)
        {
            NoteSwitch(protocol);
        }
        else if (_protocol is ApplicationProtocol.Unknown or ApplicationProtocol.Other)
        {
            _protocol = protocol;
        }
        else
        {
            _cameEarly = protocol;
            if (protocol == ApplicationProtocol.Tls && _requesterKnown && reader.Side == Responder && Bench().Ring.Count > 0)
            {
                Remark(reader.Side, 0, HttpAnomalies.TlsAnswerToHttp, reader.Message.HeadOffset, 0, reader.Packet);
            }
        }

        if (protocol == ApplicationProtocol.Http2 && Bench().Ring.Count == 0)
        {
            SwitchByPreface(reader);
        }
    }

    /// <summary>The server speaks HTTP/2 alone: what it says is no answer to the first request, nor to any other.</summary>
    public void OnHttp2Answer(MessageReader reader) => Remark(
        reader.Side, Bench().Ring.Count > 0 ? 0 : -1, HttpAnomalies.Http2AnswerToHttp1, 0, 0, reader.Message.Start);

    private void NoteSwitch(ApplicationProtocol protocol)
    {
        if (_switchedTo is ApplicationProtocol.Unknown or ApplicationProtocol.Other)
        {
            _switchedTo = protocol;
        }
    }

    private void Remark(Side sender, int entry, HttpAnomalies kind, long offset, long value, PacketRef packet)
    {
        _ledger.Note(kind);
        if (entry >= 0)
        {
            Bench().Ring[entry].Exchange.Anomalies |= kind;
        }

        var ordinal = entry >= 0 ? _ledger.Given + entry + 1 : 0;
        stage.Sink.OnHttpRemark(new HttpRemark(_id, ordinal, sender, kind, offset, value, packet));
    }

    private void Doubt(PairingConfidence confidence, int from = 0)
    {
        _confidence = LessSure(_confidence, confidence);
        var ring = Bench().Ring;
        for (var at = from; at < ring.Count; at++)
        {
            ref var pending = ref ring[at];
            pending.Exchange.Pairing = LessSure(pending.Exchange.Pairing, confidence);
        }
    }

    private static PairingConfidence LessSure(PairingConfidence one, PairingConfidence other) =>
        (PairingConfidence)Math.Max((byte)one, (byte)other);

    private ref ReaderPlace PlaceOf(Side side) => ref side == Side.Client ? ref _client : ref _server;

    private Workbench Bench()
    {
        if (_bench is null)
        {
            _bench = pool.RentBench();
            _bench.Client.Begin(this, _client);
            _bench.Server.Begin(this, _server);
        }

        return _bench;
    }

    private void Retire()
    {
        if (_bench is { } bench)
        {
            _client = bench.Client.Place;
            _server = bench.Server.Place;
            _bench = null;
            pool.Return(bench);
        }
    }

    /// <summary>Gives on the exchanges that are over, and rests if nothing is left.</summary>
    private void Flush()
    {
        var bench = Bench();
        GiveOver(bench);
        if (bench.IsIdle)
        {
            Retire();
        }
    }

    private void GiveOver(Workbench bench)
    {
        while (bench.Ring.Count > 0 && bench.Ring[0].IsOver)
        {
            // Where a hole held the answer back, the next request may have been read before it, and was sent behind it.
            var next = bench.Ring.Count > 1 ? bench.Ring[1].Exchange.RequestTrace.Start : default;
            var wasIdle = next.Number > ExchangeLedger.EndedBy(bench.Ring[0]).Number;
            _ledger.Give(ref bench.Ring[0], _id, _requester, wasIdle ? 0 : bench.Ring.Count - 1, stage);
            bench.Ring.RemoveFirst();
            bench.MoveEntries(from: 0, by: -1);
            if (wasIdle)
            {
                stage.Sink.OnBusy(_id, next);
            }
        }
    }
}
