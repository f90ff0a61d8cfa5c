using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders.Http;

namespace HttpWireAnalyzer.UnitTests.Http;

public sealed class BodyDigestTests
{
    /// <summary>The check value of CRC-32C: of the digits from 1 to 9.</summary>
    private const uint Check = 0xE306_9283;

    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789";

    [Theory]
    [InlineData("Content-Length: 9\r\n\r\n123456789", Check)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n4\r\n1234\r\n5;x\r\n56789\r\n0\r\nTrailer: 1\r\n\r\n", Check)]
    [InlineData("Content-Length: 9\r\n\r\n123456780", 0x9BB4_494F)]
    [InlineData("Content-Length: 0\r\n\r\n", 0)]
    [InlineData("\r\n", 0)]
    public void It_is_of_the_body_whatever_the_coding_and_the_cuts(string rest, uint expected)
    {
        var request = "POST / HTTP/1.1\r\nHost: a\r\n" + rest;
        foreach (var cut in (Cut[])[Cut.Whole, Cut.OctetByOctet, new(0, 7)])
        {
            var exchange = Read(script => script.Client(request), cut);
            Assert.Equal(expected, exchange.RequestTrace.BodyDigest);
            Assert.Equal(0u, exchange.ResponseTrace.BodyDigest);
        }
    }

    [Fact]
    public void It_ends_with_its_limit()
    {
        var head = $"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {BodyDigest.OctetLimit + 1}\r\n\r\n";
        string start = new('a', BodyDigest.OctetLimit);
        var one = Read(script => script.Client(head + start + "b"), Cut.Whole).RequestTrace.BodyDigest;

        Assert.NotEqual(0u, one);
        Assert.Equal(one, Read(script => script.Client(head + start + "c"), new Cut(0, 1000)).RequestTrace.BodyDigest);
        Assert.Equal(one, Read(script => script.Client(head + start).Gap(Side.Client, 1), Cut.Whole).RequestTrace.BodyDigest);
    }

    [Fact]
    public void It_is_none_where_an_octet_is_missing()
    {
        const string Head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n";
        Assert.Equal(0u, Read(script => script.Client(Head + "123").Gap(Side.Client, 1).Client("56789"), Cut.Whole).RequestTrace.BodyDigest);
    }

    private static HttpExchange Read(Action<StreamScript> send, Cut cut)
    {
        ExchangeRecorder recorder = new();
        StreamScript script = new(new HttpConversations(recorder, HttpLimits.Default), cut);
        send(script);
        script.Server(Ok).Close();
        return Assert.Single(recorder.Exchanges);
    }
}
