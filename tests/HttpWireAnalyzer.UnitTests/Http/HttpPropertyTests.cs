using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;

namespace HttpWireAnalyzer.UnitTests.Http;

public sealed class HttpPropertyTests
{
    /// <summary>What messages are made of: strung together at random they reach every state.</summary>
    private static readonly string[] Pieces =
    [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
        "HEAD / HTTP/1.0\n\n", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /old\r\n",
        "PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\nHost: a\r\n\r\n", "\r\n", "0\r\n\r\n", "5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.0 404 Not Found\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "GET / HTTP/1.1\r\n", "Host: a\r\n",
        "Content-Length: 5\r\n", " fold\r\n", "\x16\x03\x01", "garbage", "\0\0", "HTTP/1.1 ", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "ICY 200 OK\r\n\r\n", "HTTP/ 200\r\nContent-Length: 1\r\n\r\nx", "  GET / HTTP/1.1\r\nHost: a\r\n\r\n", "\t HTTP/1.0 200\r\n\r\n",
    ];

    private static readonly Gen<(int Kind, int Piece, int Number)> Step =
        Gen.Choose(0, 11).SelectMany(kind => Gen.Choose(0, Pieces.Length - 1).SelectMany(
            piece => Gen.Choose(0, 60).Select(number => (kind, piece, number))));

    [Fact]
    public void Any_conversation_is_read_to_its_end_and_accounted_for() => Prop.ForAll(
        Step.ArrayOf().ToArbitrary(), Gen.Choose(0, 40).ToArbitrary(), (steps, size) =>
        {
            var recorder = Play(steps, new Cut(0, size), anything: true);
            var summary = recorder.Summaries.Single();

            // Streams end in any order, and one that answers an Upgrade tells of a request that was told of before.
            return recorder.Exchanges.Select(e => e.Ordinal).Order().SequenceEqual(Enumerable.Range(1, recorder.Exchanges.Count))
                && summary.Requests == recorder.Exchanges.Count(e => e.Request is not null && !e.IsUpgradeAnswer)
                && summary.Responses == recorder.Exchanges.Count(e => e.Response is not null)
                && recorder.Exchanges.All(e => e.RequestTrace.EndOffset >= e.RequestTrace.HeadOffset
                    && e.ResponseTrace.EndOffset >= e.ResponseTrace.HeadOffset);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Any_octets_are_read_to_their_end() => Prop.ForAll<byte[], byte[]>((client, server) =>
    {
        ExchangeRecorder recorder = new();
        new StreamScript(new HttpConversations(recorder, HttpLimits.Default)).Send(Side.Client, client).Send(Side.Server, server).Close();
        return recorder.Summaries.Count == 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_cut_of_whole_messages_gives_the_same_exchanges() => Prop.ForAll(
        Step.ArrayOf().ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(),
        (steps, size) => ExchangeLog.Of(Play(steps, Cut.Whole, anything: false))
            == ExchangeLog.Of(Play(steps, new Cut(0, size), anything: false))).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    /// <summary>With anything: pieces from either side, holes, ends. Without: requests and their responses.</summary>
    private static ExchangeRecorder Play((int Kind, int Piece, int Number)[] steps, Cut cut, bool anything)
    {
        ExchangeRecorder recorder = new();
        StreamScript script = new(new HttpConversations(recorder, HttpLimits.Default), cut);
        foreach (var (kind, piece, number) in steps)
        {
            _ = (anything, kind) switch
            {
                (true, 0) => script.Gap(Side.Client, number + 1),
                (true, 1) => script.Gap(Side.Server, number + 1),
                (true, 2 or 3) => script.Send(Side.Client, Encoding.Latin1.GetBytes(Pieces[piece]), number - 1),
                (true, 4 or 5) => script.Send(Side.Server, Encoding.Latin1.GetBytes(Pieces[piece]), number - 1),
                (true, < 8) => script.Client(Pieces[piece]),
                (true, _) => script.Server(Pieces[piece]),
                (false, < 6) => script.Client(Pieces[piece % 2]),
                (false, _) => script.Server(Pieces[9 + (piece % 2)]),
            };
        }

        script.Close(StreamEndCause.Fin);
        return recorder;
    }
}
