using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;
using static HttpWireAnalyzer.Analysis.Stories.StoryMaterial;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>Puts the material in order, with the states of both ends beside each line.</summary>
internal sealed class StoryTeller(ConnectionRecord connection, StoryMaterial material, AckHistory? acknowledgments)
{
    /// <summary>The share of the round trip within which what fills a hole can only have been overtaken.</summary>
    private const int OvertakenWithin = 4;

    private readonly TcpSummary _tcp = connection.Tcp;

    public Story Tell()
    {
        // A SYN seen late turns around everything that was reported before it.
        if (_tcp.Swapped)
        {
            TurnAround();
        }

        var told = new List<Told>();
        AddOpening(told);
        FillCourse();
        told.AddRange(material.OpeningFrames);
        told.AddRange(connection.Http.Http2 is null ? material.Course.All : InOrderOfOctets(material.Course.All));
        told.AddRange(material.OtherFrames);
        if (connection.Http.WebSocket is { } socket)
        {
            told.AddRange(new WebSocketAnswers(socket, connection).Lines());
        }

        AddClosing(told);
        told.AddRange(material.FinAcknowledgments(told).ToList());
        // OrderBy is stable: lines of one packet stay in the order of opening, messages, closing.
        var lines = WithStates(told.OrderBy(line => line.At.Number));
        var answers = new StoryAnswers(connection, material, acknowledgments).All();
        return new Story(
            connection, lines, answers, VerdictOf(answers), material.Course.LeftOut + (connection.Http.Http2?.EventsLeftOut ?? 0));
    }

    /// <summary>Streams are told of when they end: those of one packet in the order in which they stand there.</summary>
    private static IEnumerable<Told> InOrderOfOctets(List<Told> lines) => lines.OrderBy(line => line.At.Number).ThenBy(line => line.Sentence switch
    {
        RequestSent request => request.Exchange.RequestTrace.HeadOffset,
        ResponseReceived response => response.Exchange.ResponseTrace.HeadOffset,
        _ => 0,
    });

    /// <summary>The first of these that applies: what was lost, and then what was not as it ought to be.</summary>
    private static Verdict? VerdictOf(List<StorySentence> answers)
    {
        var isCut = answers.Exists(answer => answer is CutOff { IsEndless: false });
        // Who leaves a response unread has not lost a request: what is cut off says more.
        var of = answers.Find(answer => answer is MultiplexedStreams { Record.Http1Answer: not null })
            ?? answers.Find(answer => answer is RequestAfterFin
                || (answer is UnreadAtReset { AfterFin: < 0 } unread && (unread.Exchange is not null || !isCut)))
            ?? answers.Find(answer => answer is ClosedFirst
            {
                Reason: CloseReason.ClosedWhileOutstanding, AnsweredLate.IsNone: false, Last: not { End: ExchangeEnd.RequestTruncated },
            })
            ?? answers.Find(answer => answer is CutOff { IsEndless: false })
            ?? (answers.Exists(answer => answer is CutOff) ? null : WrongClose(answers));
        return of is null ? null : new Verdict(of) { Evidence = of.Evidence };
    }

    private static StorySentence? WrongClose(List<StorySentence> answers) =>
        answers.Find(answer => answer is ClosedFirst
        {
            Reason: CloseReason.ClosedWhileOutstanding or CloseReason.PeerGone or CloseReason.Reset
                    or CloseReason.Refused or CloseReason.EarlierThanAnnounced,
        })
            ?? answers.Find(answer => answer is NotClosed { Reason: CloseReason.Unanswered })
            ?? (answers.Exists(answer => answer is ClosedFirst)
                ? answers.Find(answer => answer is Outstanding { Exchanges.Count: > 0, NeverOpened: false })
                : null);

    private void TurnAround()
    {
        for (var i = 0; i < material.Course.All.Count; i++)
        {
            var line = material.Course.All[i];
            material.Course.All[i] = line with
            {
                Sender = line.Sender?.Other(),
                Sentence = line.Sentence switch
                {
                    OctetsMissing gap => gap with { Of = gap.Of.Other() },
                    IcmpReported report => report with { Toward = report.Toward.Other() },
                    var sentence => sentence,
                },
            };
        }

        foreach (var list in (List<Told>[])[material.OpeningFrames, material.OtherFrames])
        {
            for (var i = 0; i < list.Count; i++)
            {
                list[i] = list[i] with { Sender = list[i].Sender?.Other() };
            }
        }

        for (var i = 0; i < material.Changes.Count; i++)
        {
            material.Changes[i] = material.Changes[i] with { Side = material.Changes[i].Side.Other() };
        }

        for (var i = 0; i < material.Exchanges.Count; i++)
        {
            var exchange = material.Exchanges[i];
            material.Exchanges[i] = exchange with { Requester = exchange.Requester.Other() };
        }
    }

    private void AddOpening(List<Told> told)
    {
        var client = _tcp.ClientEnd;
        var server = _tcp.ServerEnd;
        if (!client.Syn.IsNone)
        {
            told.Add(new Told(client.Syn, Side.Client, new SynSent(client)
            {
                Evidence = [client.Syn],
            }));
        }

        if (!server.Syn.IsNone)
        {
            // Of a simultaneous open, the plain SYN came first.
            StorySentence sentence = server.Counters is { SynAcks: > 0, Syns: 0 }
                ? new SynAnswered(server)
                : new SynSent(server);
            told.Add(new Told(server.Syn, Side.Server, sentence with { Evidence = Frames(client.Syn, server.Syn) }));
        }

        if (!_tcp.HandshakeAck.IsNone && !server.Syn.IsNone)
        {
            // The end that sent the SYN-ACK is not the one that completes the handshake (RFC 9293 §3.5, figure 8).
            var sender = server.Counters.SynAcks == 0 && client.Counters.SynAcks > 0 ? Side.Server : Side.Client;
            told.Add(new Told(_tcp.HandshakeAck, sender, new HandshakeCompleted(connection.Handshake.Total)
            {
                Evidence = Frames(client.Syn, _tcp.HandshakeAck),
            }));
        }

        if (_tcp.Midstream)
        {
            told.Add(new Told(_tcp.First, null, new PickedUpMidstream { Evidence = [_tcp.First] }));
        }
    }

    /// <summary>Adds to each line what only the finished connection tells.</summary>
    private void FillCourse()
    {
        var lines = material.Course.All;
        for (var i = 0; i < lines.Count; i++)
        {
            lines[i] = lines[i].Sentence switch
            {
                RequestSent => WithPlace(lines[i]),
                ResponseReceived { Exchange.End: Http.ExchangeEnd.ResponseTruncated } response =>
                    lines[i] with { Sentence = response with { LastOctets = LastOctets(lines[i].Sender) } },
                IcmpReported report => lines[i] with { Sentence = report with { Reporter = acknowledgments?.ReporterOf(lines[i].At) } },
                SegmentRemarked { Kind: TcpRemarkKind.Retransmission, Value: 0 } syn =>
                    lines[i] with { Sentence = syn with { IsSynAck = IsSynAck(lines[i]), TooSoon = !syn.IsResent } },
                SegmentRemarked { Kind: TcpRemarkKind.Retransmission or TcpRemarkKind.OutOfOrder } late =>
                    lines[i] with { Sentence = late with { TooSoon = IsTooSoon(late) } },
                SegmentRemarked { Kind: TcpRemarkKind.KeepAliveProbe, OfWindow: false } probes when lines[i].Sender is { } prober =>
                    lines[i] with { Sentence = probes with { RefusedBy = Refusal(prober, probes.Last) } },
                _ => lines[i],
            };
        }
    }

    /// <summary>The RST with which the other end answers what it does not know any more (RFC 9293 §3.5.2); none without.</summary>
    private PacketRef Refusal(Side prober, PacketRef probe)
    {
        var rst = _tcp.EndOf(prober.Other()).Rst;
        return rst.Number > probe.Number && rst.Time.Since(probe.Time) <= connection.AnswerTime ? rst : default;
    }

    private bool IsSynAck(Told line) => line.Sender == Side.Server && _tcp.ServerEnd.Counters is { SynAcks: > 1 } or { DoubledSynAcks: > 0 };

    private PacketRef LastOctets(Side? sender) => sender is { } side && acknowledgments is not null
        ? acknowledgments.LastOctets(_tcp.Actual(side))
        : default;

    /// <summary>
    /// A sender hears nothing of a segment for a round trip, and no timer of it is shorter (RFC 6298 §2.4, RFC 8985
    /// §7.2): what follows sooner, and as soon as a second interface shows it, was copied; within a part of it, overtaken.
    /// </summary>
    private bool IsTooSoon(SegmentRemarked copy) =>
        copy is { Count: 1, Value: > 0, IsResent: false } && !copy.Earlier.IsNone
        && copy.Because is not (TcpRemarkKind.FastRetransmission or TcpRemarkKind.RetransmissionTimeout)
        && copy.First.Time.Since(copy.Earlier.Time) < (copy.Kind == TcpRemarkKind.Retransmission
            ? long.Min(connection.Handshake.RoundTrip, TcpRemark.DoubledWithin)
            : connection.Handshake.RoundTrip / OvertakenWithin);

    /// <summary>Says of a request whether it was the first, and how long after the other end's FIN it came.</summary>
    private Told WithPlace(Told line)
    {
        if (line.Sentence is not RequestSent request || line.Sender is not { } sender)
        {
            return line;
        }

        var fin = _tcp.EndOf(sender.Other()).Fin;
        var isLate = !fin.IsNone && fin.Number < line.At.Number;
        return line with
        {
            Sentence = request with
            {
                AfterPeerFin = isLate ? line.At.Time.Since(fin.Time) : -1,
            },
        };
    }

    private void AddClosing(List<Told> told)
    {
        foreach (var side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            var end = _tcp.EndOf(side);
            if (!end.Fin.IsNone)
            {
                var crossed = connection.HasTwoClosers;
                var first = connection.IsClosedBy(side) && _tcp.Close.Packet == end.Fin;
                told.Add(new Told(
                    end.Fin,
                    side,
                    new FinSent(first ? connection.AtClose.Idle : -1, first, crossed, end.Counters.Fins)
                    {
                        Evidence = [end.Fin],
                    }));
            }

            if (!end.Rst.IsNone)
            {
                told.Add(new Told(end.Rst, side, ResetBy(side, end.Rst)));
            }

            if (UnseenFins.AcknowledgedOf(_tcp, side, acknowledgments) is { IsNone: false } acknowledged)
            {
                told.Add(new Told(acknowledged, side.Other(), new FinAcknowledged(IsUnseen: true) { Evidence = [acknowledged] }));
            }
        }
    }

    private RstSent ResetBy(Side side, PacketRef rst)
    {
        var fin = FirstFin();
        return new RstSent(
            connection.Close.Reason == CloseReason.ResetOnUnread && _tcp.Close.Packet == rst,
            fin.IsNone || fin.Number > rst.Number ? -1 : rst.Time.Since(fin.Time),
            AcknowledgedOctets(side, rst),
            connection.NeverOpened)
        {
            Evidence = [rst],
        };
    }

    /// <summary>Without the FIN, which takes a place in the sequence and is no octet (RFC 9293 §3.4).</summary>
    private long AcknowledgedOctets(Side side, PacketRef rst)
    {
        var peer = _tcp.EndOf(side.Other()).Counters;
        return long.Min(acknowledgments?.At(_tcp.Actual(side), rst) ?? -1, peer.UniqueOctets + peer.Gap);
    }

    private PacketRef FirstFin()
    {
        var fins = Frames(_tcp.ClientEnd.Fin, _tcp.ServerEnd.Fin);
        return fins.Length == 0 ? default : fins[0];
    }

    private List<StoryLine> WithStates(IEnumerable<Told> told)
    {
        var lines = new List<StoryLine>();
        var changes = material.Changes;
        var client = default(KnownState);
        var server = default(KnownState);
        var at = 0;
        foreach (var line in told)
        {
            for (; at < changes.Count && changes[at].Packet.Number <= line.At.Number; at++)
            {
                var known = new KnownState(changes[at].To, changes[at].Basis == StateBasis.Assumed);
                if (changes[at].Side == Side.Client)
                {
                    client = known;
                }
                else
                {
                    server = known;
                }
            }

            lines.Add(new StoryLine(line.At, line.Sender, client, server, line.Sentence));
        }

        return lines;
    }
}
