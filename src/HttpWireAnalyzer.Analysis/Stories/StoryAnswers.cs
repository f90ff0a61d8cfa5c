using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Analysis.Stories.StoryMaterial;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>The questions that a story answers whatever happened, in their order.</summary>
internal sealed class StoryAnswers(ConnectionRecord connection, StoryMaterial material, AckHistory? acknowledgments)
{
    private readonly TcpSummary _tcp = connection.Tcp;
    private readonly HttpSummary _http = connection.Http;

    public List<StorySentence> All()
    {
        var losses = new LossAnswers(connection, material, acknowledgments);
        var answers = new List<StorySentence> { Opened() };
        if (!connection.NeverOpened)
        {
            answers.Add(Exchanges(losses));
            AddIfAny(answers, Tunnel());
            if (_http.WebSocket is { } socket)
            {
                answers.AddRange(new WebSocketAnswers(socket, connection).All());
            }

            if (_http.Http2 is { } http2)
            {
                answers.Add(Streams(http2));
                answers.AddRange(GoAways(http2));
            }

            var pace = new PaceAnswers(connection, material, acknowledgments);
            AddIfAny(answers, pace.HeldUpByAnswer());
            answers.AddRange(pace.Waits());
            var delivery = new DeliveryAnswers(connection, material, acknowledgments);
            AddIfAny(answers, delivery.Trouble());
            AddIfAny(answers, delivery.AcknowledgedLate());
            AddIfAny(answers, delivery.Slowest());
            AddIfAny(answers, Idle());
        }

        answers.Add(Ended());
        var late = losses.AfterFin();
        AddIfAny(answers, late);
        var unread = losses.Unread();
        AddIfAny(answers, unread);
        // A request that ran into a closed connection is no use of its other half.
        var halves = new HalfCloseAnswers(connection, acknowledgments);
        AddIfAny(answers, late is null ? halves.HalfClose() : null);
        AddIfAny(answers, halves.CloseWait());
        AddIfAny(answers, halves.UnheardFin());
        answers.AddRange(losses.Cuts());
        AddIfAny(answers, losses.Unheard());
        answers.Add(losses.Left(unread));
        AddIfAny(answers, Repeats());
        AddIfAny(answers, RepeatedElsewhere());
        AddIfAny(answers, new TimeWaitAnswers(connection, material).TimeWait());
        AddIfAny(answers, Incomplete());
        return answers;
    }

    private static void AddIfAny(List<StorySentence> answers, StorySentence? answer)
    {
        if (answer is not null)
        {
            answers.Add(answer);
        }
    }

    private OpenedBy Opened()
    {
        var reused = material.Course.All.Select(line => line.Sentence).OfType<SegmentRemarked>()
            .FirstOrDefault(remark => remark.Kind == TcpRemarkKind.TimeWaitReuse);
        var answer = connection.NeverOpened ? connection.Tcp.Last : _tcp.HandshakeAck;
        return new OpenedBy(connection.Handshake, _tcp.Midstream, _tcp.Incarnation, reused?.Value ?? -1, LastSynRoundTrip())
        {
            SynAcksAfterAck = material.SynAcksAfter(_tcp.HandshakeAck, connection.Handshake.Front),
            AnsweredForEarlier = AnsweredForEarlier(),
            Evidence = _tcp.ClientEnd.Syn.IsNone && _tcp.ServerEnd.Syn.IsNone
                ? [_tcp.First]
                : Frames(_tcp.ClientEnd.Syn, _tcp.ServerEnd.Syn, answer),
        };
    }

    private PacketRef AnsweredForEarlier()
    {
        var answered = connection.Handshake.Total < 0 ? _tcp.Last : _tcp.HandshakeAck;
        var challenge = material.Course.All.FirstOrDefault(line =>
            line is { Sender: Side.Server, Sentence: SegmentRemarked { Kind: TcpRemarkKind.ChallengeAck } }
            && line.At.Number < answered.Number);
        return challenge.At;
    }

    private long LastSynRoundTrip()
    {
        var last = material.Course.All
            .Where(line => line is { Sender: Side.Client, Sentence: SegmentRemarked { Kind: TcpRemarkKind.Retransmission, Value: 0, IsResent: true } })
            .Select(line => ((SegmentRemarked)line.Sentence).Last)
            .LastOrDefault();
        if (last.IsNone || connection.Handshake.Total < 0 || last.Number > _tcp.ServerEnd.Syn.Number
            || _tcp.ServerEnd.Counters.SynAcks > 1)
        {
            return -1;
        }

        // Karn's rule (RFC 6298 §3): which of the SYNs was answered, only the round trips behind it can say.
        var span = _tcp.HandshakeAck.Time.Since(last.Time);
        var front = _tcp.ClientEnd.Diagnosis.RoundTrips;
        var back = _tcp.ServerEnd.Diagnosis.RoundTrips;
        var usual = long.Max(Timestamp.NanosecondsPerSecond / 1000, 2 * (front.Most + back.Most));
        return front.Samples > 0 && back.Samples > 0 && span > usual ? -1 : span;
    }

    private Exchanged Exchanges(LossAnswers losses) => new(
        _http.Protocol,
        _http.Requests - material.InTunnel,
        material.Answered,
        material.Cut,
        connection.Reuses,
        _http.MaxPipelineDepth,
        connection.Reuses > 0 ? material.FirstRule : PersistenceRule.None,
        _tcp.Midstream,
        _tcp.ClientEnd.Counters.UniqueOctets,
        _tcp.ServerEnd.Counters.UniqueOctets)
    {
        AnsweredUnfinished = material.AnsweredUnfinished,
        AnsweredAfterCut = material.AnsweredAfterCut,
        CutUnanswered = material.CutUnanswered,
        Endless = losses.EndlessOnes(),
        Uncaptured = material.Uncaptured,
        Unreadable = material.Unreadable,
        Refused = material.Refused,
        Reset = material.Reset,
        Evidence = Frames(
            FirstRequest(),
            material.Switch is { } left && _http.SwitchedTo != ApplicationProtocol.Http2 ? left.ResponseTrace.End : _http.LastMessageEnd),
    };

    /// <summary>Streams end in any order: the first exchange to end need not have been the first to begin.</summary>
    private PacketRef FirstRequest() => material.Exchanges
        .Where(exchange => exchange.Request is not null)
        .DefaultIfEmpty()
        .MinBy(exchange => exchange.Ordinal)
        .RequestTrace.Start;

    private Tunnelled? Tunnel() => material.Switch is not { } exchange
        ? null
        : new Tunnelled(
            exchange,
            _http.SwitchedTo,
            long.Max(0, _tcp.ClientEnd.Counters.UniqueOctets - exchange.RequestTrace.EndOffset),
            long.Max(0, _tcp.ServerEnd.Counters.UniqueOctets - exchange.ResponseTrace.EndOffset),
            material.InTunnel)
        {
            Evidence = Frames(exchange.RequestTrace.Start, exchange.ResponseTrace.End),
        };

    private static MultiplexedStreams Streams(Http2Record record) => new(record)
    {
        Evidence = Frames(record.Preface, record.Http1Answer?.At ?? default),
    };

    private IEnumerable<GoAwaySent> GoAways(Http2Record record)
    {
        foreach (var side in (Side[])[record.Requester.Other(), record.Requester])
        {
            if (record.LastGoAwayOf(side) is { } last)
            {
                yield return GoAway(record, last);
            }
        }
    }

    private GoAwaySent GoAway(Http2Record record, Http2GoAway last)
    {
        var ofSide = record.GoAways.Where(frame => frame.Sender == last.Sender).ToList();
        var first = ofSide.Find(frame => !frame.IsWarning) ?? last;
        var later = last.Sender == record.Requester
            ? 0
            : material.Exchanges.Count(exchange => exchange.End == ExchangeEnd.Refused && exchange.Stream > last.LastStream
                && exchange.RequestTrace.Start.Number > first.At.Number);
        return new GoAwaySent(
            last, _tcp.Actual(last.Sender), first.Open, ofSide.Sum(frame => frame.Refused), later)
        {
            Evidence = Frames([.. ofSide.Select(frame => frame.At)]),
        };
    }

    private LongestIdle? Idle()
    {
        if (connection.MaxIdle < 0)
        {
            return null;
        }

        var atClose = connection.AtClose.Idle >= connection.AtClose.MaxIdleBefore;
        var (from, to) = material.LongestIdle;
        return new LongestIdle(connection.MaxIdle, atClose, _http.KeepAliveTimeout)
        {
            Evidence = atClose ? Frames(connection.AtClose.IdleFrom, _tcp.Close.Packet) : Frames(from, to),
        };
    }

    private StorySentence Ended()
    {
        var close = _tcp.Close;
        if ((connection.HasCloser ? UnseenFinOf(close.First) : UnseenFinOf(Side.Client) ?? UnseenFinOf(Side.Server)) is { } unseen)
        {
            return unseen;
        }

        if (!connection.HasCloser)
        {
            var icmp = connection.NeverOpened
                ? material.Course.All.Select(line => line.Sentence).OfType<IcmpReported>().FirstOrDefault()
                : null;
            return new NotClosed(connection.Close.Reason, _tcp.Last.Time.Since(_tcp.First.Time))
            {
                Icmp = icmp,
                Evidence = icmp is null ? [_tcp.Last] : Frames(_tcp.First, icmp.Evidence[0]),
            };
        }

        var last = LastBefore(close.Packet);
        var lost = material.Exchanges
            .Where(exchange => exchange is { End: ExchangeEnd.Unanswered, TunnelDepth: 0, RequestTrace.Complete: true }
                && exchange.RequestTrace.Start.Number < close.Packet.Number)
            .Take(StoryCollector.MaxOutstanding)
            .ToList();
        var asked = last is { RequestTrace.Complete: true } whole ? whole.RequestTrace.End : default;
        var isForeign = close.How == CloseManner.Reset && ForeignResets.MayBe(_tcp, close.First);
        var end = _tcp.EndOf(close.First);
        return new ClosedFirst(
            close.First,
            close.How,
            connection.Close.Reason,
            connection.AtClose.Idle,
            last,
            asked.IsNone || asked.Number > close.Packet.Number ? -1 : close.Packet.Time.Since(asked.Time),
            _http.KeepAliveTimeout,
            _http.KeepAliveMax,
            _http.KeepAliveMaxMeaning,
            connection.AtClose.UnansweredProbes)
        {
            Lost = lost,
            AnsweredLate = last is { ResponseTrace.Start: var answer } && answer.Number > close.Packet.Number ? answer : default,
            IsBehindHttp1Answer = _http.Http2?.Http1Answer is { } http1 && http1.At.Number <= close.Packet.Number,
            Http2Answer = material.Course.All
                .FirstOrDefault(line => line.Sentence is MessageRemarked { Kind: HttpAnomalies.Http2AnswerToHttp1 }).At,
            NothingSent = connection.IsEmpty,
            IsOneSided = connection.IsOneSided,
            HoleBefore = connection.AtClose.HoleBefore,
            OtherFinAcknowledged = UnseenFins.AcknowledgedOf(_tcp, close.First.Other(), acknowledgments),
            OtherUnseen = _tcp.EndOf(close.First.Other()).Counters.Packets == 0,
            ForgottenAt = close.How == CloseManner.Reset && close.First == Side.Client && material.Successor.Number < close.Packet.Number
                ? material.Successor
                : default,
            Probe = ProbeBefore(close.Packet),
            ForeignTtl = isForeign ? (end.RstTimeToLive, end.TimeToLive) : null,
            Undelivered = connection.AtClose.Undelivered,
            Unread = connection.AtClose.Unread,
            UnreadFor = connection.AtClose.Unread.Lasted(close.Packet),
            IsOfClosed = close.How == CloseManner.Reset && end.IsRstOfClosed,
            HasCrossed = last is { } asking && asking.Requester != close.First && end.HasClosedBefore(asking.RequestTrace.HeadOffset)
                && close.Packet.Time.Since(asking.RequestTrace.Start.Time) <= connection.AnswerTime,
            // What a client acknowledges are answers.
            LostWereAcknowledged = !isForeign && lost.Count > 0 && lost[^1].Requester != close.First && close.How == CloseManner.Reset
                && acknowledgments?.At(_tcp.Actual(close.First), close.Packet) >= lost[^1].RequestTrace.EndOffset,
            Evidence = connection.HasTwoClosers
                ? Frames(connection.Close.Evidence, _tcp.ClientEnd.Fin, _tcp.ServerEnd.Fin)
                : Frames(connection.Close.Evidence, close.Packet, HalfCloseAnswers.RstAfter(_tcp), AnnouncedAgain(connection.Close.Reason, last)),
        };
    }

    private UnseenFin? UnseenFinOf(Side side)
    {
        var acknowledged = UnseenFins.AcknowledgedOf(_tcp, side, acknowledgments);
        if (acknowledged.IsNone)
        {
            return null;
        }

        var (closed, reset) = (_tcp.EndOf(side.Other()).Fin, HalfCloseAnswers.RstAfter(_tcp));
        return new UnseenFin(side, acknowledged, closed, reset) { Evidence = Frames(acknowledged, closed, reset) };
    }

    private PacketRef ProbeBefore(PacketRef rst)
    {
        foreach (var line in material.Course.All)
        {
            if (line.Sentence is SegmentRemarked { RefusedBy: var refusal } probes && refusal == rst)
            {
                return probes.Last;
            }
        }

        return default;
    }

    private HttpExchange? LastBefore(PacketRef close)
    {
        HttpExchange? last = null;
        foreach (var exchange in material.Exchanges)
        {
            var isBefore = !exchange.RequestTrace.Start.IsNone && exchange.RequestTrace.Start.Number <= close.Number;
            last = isBefore && exchange.TunnelDepth == 0 ? exchange : last;
        }

        return last;
    }

    /// <summary>The head that announces the close as well, where the request has already done so.</summary>
    private static PacketRef AnnouncedAgain(CloseReason reason, HttpExchange? last) =>
        reason == CloseReason.CloseInRequest
        && last is { Response.HasClose: true } exchange
            ? exchange.ResponseTrace.HeadEnd
            : default;

    private RepeatsFailed? Repeats() => material.FirstRetry is not { RetryOf: { } failed } exchange
        ? null
        : new RepeatsFailed(exchange, material.Retries - 1)
        {
            Evidence = Frames(failed.FailedAt, exchange.RequestTrace.Start),
        };

    private RepeatedElsewhere? RepeatedElsewhere() => material.FirstRetryElsewhere is not { RetryOf: { } failed } exchange
        ? null
        : new RepeatedElsewhere(exchange, material.RetriesElsewhere - 1)
        {
            Evidence = Frames(failed.FailedAt, exchange.RequestTrace.Start),
        };

    private CaptureIncomplete? Incomplete() => connection.Gaps == 0
        ? null
        : new CaptureIncomplete(connection.Gaps, _tcp.ClientEnd.Counters.Gap, _tcp.ServerEnd.Counters.Gap)
        {
            Evidence = Frames([.. material.Course.All.Where(line => line.Sentence is OctetsMissing).Take(3).Select(line => line.At)]),
        };
}
