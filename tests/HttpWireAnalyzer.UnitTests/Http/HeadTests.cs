using System.Text;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.UnitTests.Http;

public sealed class HeadTests
{
    [Fact]
    public void Fields_are_read_out_of_the_octets()
    {
        var head = Response("Server: x\r\nVary: a\r\nvary:b \r\nX-Fold: one\r\n\ttwo\r\nX-Empty:\r\n");

        Assert.Equal("x", head.Field("server"));
        Assert.Equal("a, b", head.Field("Vary"));
        Assert.Equal("one two", head.Field("X-Fold"));
        Assert.Equal(string.Empty, head.Field("X-Empty"));
        Assert.Null(head.Field("Absent"));
        List<string> names = [];
        foreach (var field in head.Fields)
        {
            names.Add(Encoding.Latin1.GetString(field.Name));
        }

        Assert.Equal(["Server", "Vary", "vary", "X-Fold", "X-Empty"], names);
    }

    [Theory]
    [InlineData("Content-Length: 0\r\n", 0, HttpAnomalies.None)]
    [InlineData("Content-Length: 9223372036854775807\r\n", long.MaxValue, HttpAnomalies.None)]
    [InlineData("Content-Length: 9223372036854775808\r\n", -2, HttpAnomalies.InvalidContentLength)]
    [InlineData("Content-Length: -1\r\n", -2, HttpAnomalies.InvalidContentLength)]
    [InlineData("Content-Length: 0x10\r\n", -2, HttpAnomalies.InvalidContentLength)]
    [InlineData("Content-Length: 1 0\r\n", -2, HttpAnomalies.InvalidContentLength)]
    [InlineData("Content-Length:\r\n", -2, HttpAnomalies.InvalidContentLength)]
    [InlineData("Content-Length: 5\r\ncontent-length: 5\r\n", 5, HttpAnomalies.RepeatedContentLength)]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n", -2, HttpAnomalies.ConflictingContentLength)]
    [InlineData("Content-Length: 5, 5\r\n", 5, HttpAnomalies.RepeatedContentLength)]
    [InlineData("Content-Length: ,5\r\n", 5, HttpAnomalies.None)]
    [InlineData("Content-Length: 5,\r\n", 5, HttpAnomalies.None)]
    [InlineData("Content-Length: ,\r\n", -2, HttpAnomalies.InvalidContentLength)]
    [InlineData("Content-Length: 5\r\nContent-Length:\r\n", -2, HttpAnomalies.InvalidContentLength)]
    [InlineData("Content-Length : 5\r\n", 5, HttpAnomalies.SpaceBeforeColon)]
    public void Content_Length_is_decimal_and_one(string fields, long expected, HttpAnomalies anomalies)
    {
        var head = Response(fields);

        Assert.Equal(expected, head.ContentLength);
        Assert.Equal(anomalies, head.Anomalies);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", TransferCoding.Chunked, HttpAnomalies.None)]
    [InlineData("Transfer-Encoding: gzip\r\nTransfer-Encoding: Chunked\r\n", TransferCoding.Chunked, HttpAnomalies.None)]
    [InlineData("Transfer-Encoding: xchunked\r\n", TransferCoding.NotChunked, HttpAnomalies.OddTransferEncoding)]
    [InlineData("Transfer-Encoding: chunked, identity\r\n", TransferCoding.NotChunked, HttpAnomalies.OddTransferEncoding)]
    [InlineData("Transfer-Encoding: chunked, chunked\r\n", TransferCoding.Chunked, HttpAnomalies.OddTransferEncoding)]
    [InlineData("Transfer-Encoding:\r\n", TransferCoding.None, HttpAnomalies.OddTransferEncoding)]
    public void The_last_transfer_coding_counts(string fields, TransferCoding expected, HttpAnomalies anomalies)
    {
        var head = Response(fields);

        Assert.Equal(expected, head.TransferCoding);
        Assert.Equal(anomalies, head.Anomalies);
    }

    [Theory]
    [InlineData("Connection: close\r\n", ConnectionOptions.Close)]
    [InlineData("Connection: Keep-Alive, X-Hop\r\n", ConnectionOptions.KeepAlive | ConnectionOptions.OtherNames)]
    [InlineData("Connection: upgrade\r\nConnection: close\r\n", ConnectionOptions.Upgrade | ConnectionOptions.Close)]
    [InlineData("Proxy-Connection: keep-alive\r\n", ConnectionOptions.ProxyKeepAlive)]
    [InlineData("Proxy-Connection: Close\r\n", ConnectionOptions.ProxyClose)]
    [InlineData("Connection: ,\r\n", ConnectionOptions.None)]
    public void Connection_options_are_told_apart(string fields, ConnectionOptions expected) =>
        Assert.Equal(expected, Response(fields).Connection);

    [Theory]
    [InlineData("Expect: 100-Continue\r\n", true)]
    [InlineData("Expect: x, 100-continue\r\n", true)]
    [InlineData("Expect: 100-continued\r\n", false)]
    public void Expect_is_a_list(string fields, bool expected) => Assert.Equal(
        expected, HeadParser.ParseRequest(Encoding.Latin1.GetBytes("PUT / HTTP/1.1\r\n" + fields + "\r\n"))?.ExpectsContinue);

    [Theory]
    [InlineData("Keep-Alive: timeout=5, max=100\r\n", 5, 100)]
    [InlineData("Keep-Alive: max = 7\r\n", -1, 7)]
    [InlineData("Keep-Alive: 300\r\n", -1, -1)]
    [InlineData("Keep-Alive: timeout=x\r\n", -1, -1)]
    [InlineData("Keep-Alive: timeout=5; max=100\r\n", 5, 100)]
    public void Keep_Alive_has_parameters(string fields, long timeout, long max)
    {
        var head = Response(fields);

        Assert.Equal(timeout, head.KeepAliveTimeout);
        Assert.Equal(max, head.KeepAliveMax);
    }

    [Theory]
    [InlineData(new[] { 100, 99, 98 }, KeepAliveMaxMeaning.Remaining)]
    [InlineData(new[] { 100, 100 }, KeepAliveMaxMeaning.Limit)]
    [InlineData(new[] { 100, 100, 99 }, KeepAliveMaxMeaning.Inconsistent)]
    [InlineData(new[] { 5, 9 }, KeepAliveMaxMeaning.Inconsistent)]
    [InlineData(new[] { 100 }, KeepAliveMaxMeaning.Unknown)]
    public void The_meaning_of_max_is_told_by_its_course(int[] course, KeepAliveMaxMeaning expected)
    {
        var countdown = KeepAliveCountdown.None;
        foreach (var max in course)
        {
            countdown.Take(Response($"Keep-Alive: max={max}\r\n"));
        }

        Assert.Equal(expected, countdown.Meaning);
        Assert.Equal(course[^1], countdown.Max);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", (int)StartLineKind.Request)]
    [InlineData("get /x y HTTP/1.0\n", (int)StartLineKind.Request)]
    [InlineData("GET /x\r\n", (int)StartLineKind.VersionlessRequest)]
    [InlineData("GET /x y\r\n", (int)StartLineKind.VersionlessRequest)]
    [InlineData("GET /x HTTPS/1.1\r\n", (int)StartLineKind.VersionlessRequest)]
    [InlineData("GET\t/x\tHTTP/1.1\r\n", (int)StartLineKind.Request)]
    [InlineData("GET\t", (int)StartLineKind.NeedMore)]
    [InlineData("GET /x HTTP/1.1 y\r\n", (int)StartLineKind.Request)]
    [InlineData("GET /x HTTP/\r\n", (int)StartLineKind.Request)]
    [InlineData("GET x HTTP/\r\n", (int)StartLineKind.None)]
    [InlineData("FOO /x HTTP/\r\n", (int)StartLineKind.None)]
    [InlineData("FOO /x\r\n", (int)StartLineKind.None)]
    [InlineData("FOO /x y\r\n", (int)StartLineKind.None)]
    [InlineData("GET name\r\n", (int)StartLineKind.None)]
    [InlineData("CONNECT {\"verbose\":false}\r\n", (int)StartLineKind.None)]
    [InlineData("GET http://a/x\r\n", (int)StartLineKind.VersionlessRequest)]
    [InlineData("OPTIONS * RTSP/1.0\r\n", (int)StartLineKind.None)]
    [InlineData("OPTIONS sip:x SIP/2.0\r\n", (int)StartLineKind.None)]
    [InlineData("SSH-2.0-x\r\n", (int)StartLineKind.None)]
    [InlineData("INVITE sip:x SIP/2.0\r\n", (int)StartLineKind.None)]
    [InlineData("c}GET /x HTTP/1.1\r\n", (int)StartLineKind.Request)]
    [InlineData("c}GET /x HTTP/2.0\r\n", (int)StartLineKind.None)]
    [InlineData("c}GET /x\r\n", (int)StartLineKind.None)]
    [InlineData("<13>Nov 27 a: GET /x HTTP/1.1\r\n", (int)StartLineKind.None)]
    [InlineData("{\"a\":1}GE", (int)StartLineKind.NeedMore)]
    [InlineData("G\u00C9T /x HTTP/1.1\r\n", (int)StartLineKind.None)]
    [InlineData("HTTP/1.1 200\r\n", (int)StartLineKind.Response)]
    [InlineData("HTTP/1.1 2000 OK\r\n", (int)StartLineKind.Response)]
    [InlineData("HTTP/1.1 OK\r\n", (int)StartLineKind.Response)]
    [InlineData("HTTP/1.1\r\n", (int)StartLineKind.Response)]
    [InlineData("HTTP/ 200 OK\r\n", (int)StartLineKind.Response)]
    [InlineData("HTTP/x.1 200\r\n", (int)StartLineKind.Response)]
    [InlineData("HTTP/x.1 OK\r\n", (int)StartLineKind.None)]
    [InlineData("HTTP 200 OK\r\n", (int)StartLineKind.None)]
    [InlineData("ICY 200 OK\r\n", (int)StartLineKind.Response)]
    [InlineData("ICY OK\r\n", (int)StartLineKind.None)]
    [InlineData("ICY 20", (int)StartLineKind.NeedMore)]
    [InlineData(" \tHTTP/1.1 200 OK\r\n", (int)StartLineKind.Response)]
    [InlineData(" \tGET / HTTP/1.1\r\n", (int)StartLineKind.Request)]
    [InlineData(" GET /x\r\n", (int)StartLineKind.VersionlessRequest)]
    [InlineData("  ", (int)StartLineKind.NeedMore)]
    [InlineData(" \r\n", (int)StartLineKind.None)]
    [InlineData("HTTP/1.1", (int)StartLineKind.NeedMore)]
    [InlineData("G", (int)StartLineKind.NeedMore)]
    [InlineData("PRI * HTTP/2.0\r\n", (int)StartLineKind.Http2Preface)]
    [InlineData("\u0016\u0003", (int)StartLineKind.NeedMore)]
    [InlineData("\u0016\u0004", (int)StartLineKind.None)]
    [InlineData("\u0016\u0003\u0001\u0002\u0000", (int)StartLineKind.NeedMore)]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001", (int)StartLineKind.Tls)]
    [InlineData("\u0016\u0003\u0003\u0041\u0000\u0002", (int)StartLineKind.Tls)]
    [InlineData("\u0016\u0003\u0005", (int)StartLineKind.None)]
    [InlineData("\u0016\u0003\u0001\u0000\u0000", (int)StartLineKind.None)]
    [InlineData("\u0016\u0003\u0001\u0041\u0001\u0001", (int)StartLineKind.None)]
    [InlineData("\u0016\u0003\u0001\u0000\u0005h", (int)StartLineKind.None)]
    public void Octets_are_told_apart_by_content(string octets, int expected) =>
        Assert.Equal((StartLineKind)expected, StartLine.Classify(Encoding.Latin1.GetBytes(octets)));

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", true)]
    [InlineData("GET / HTTP/2.0\r\n", false)]
    [InlineData("GET / HTTP/1.1 x\r\n", false)]
    [InlineData("PRI * HTTP/2.0\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\n", true)]
    [InlineData("HTTP/1.1 OK\r\n", false)]
    [InlineData("http/1.1 200 OK\r\n", false)]
    [InlineData("GET / HTTP/1.1", true)]
    [InlineData("GET / HT", true)]
    [InlineData("GET / XX", false)]
    [InlineData("HTTP/1.1 200", true)]
    [InlineData("HTTP/1.1 20", false)]
    [InlineData("GET  / HTTP/1.1\r\n", false)]
    [InlineData("\nGET / HTTP/1.1\r\n", false)]
    [InlineData("the last line GET / HTTP/1.1\r\n", false)]
    public void A_search_wants_a_faultless_line_as_far_as_it_goes(string octets, bool expected) =>
        Assert.Equal(expected, StartLine.IsUnmistakable(Encoding.Latin1.GetBytes(octets), out _));

    [Theory]
    [InlineData("GET /", true)]
    [InlineData("FOO /", false)]
    [InlineData("GET x", false)]
    [InlineData("GET / ", false)]
    public void A_search_takes_a_target_longer_than_a_segment(string start, bool expected) =>
        Assert.Equal(expected, StartLine.IsUnmistakable(Encoding.Latin1.GetBytes(start.PadRight(1460, 'a')), out _));

    [Theory]
    [InlineData("HTTP/1.0 200 OK", HttpVersion.Http10, 200, "OK", HttpAnomalies.None)]
    [InlineData("HTTP/1.1 200", HttpVersion.Http11, 200, "", HttpAnomalies.None)]
    [InlineData("HTTP/1.7 200 ", HttpVersion.Http11, 200, "", HttpAnomalies.None)]
    [InlineData("HTTP/1.1 000 Zero", HttpVersion.Http11, 0, "Zero", HttpAnomalies.OddStatus)]
    [InlineData("HTTP/1.1 600 Six", HttpVersion.Http11, 600, "Six", HttpAnomalies.OddStatus)]
    [InlineData("HTTP/1.1  200 OK", HttpVersion.Http11, 200, "OK", HttpAnomalies.InvalidStartLine)]
    [InlineData("HTTP/1.1 200OK", HttpVersion.Http11, 200, "OK", HttpAnomalies.InvalidStartLine)]
    [InlineData("HTTP/2.0 200 OK", HttpVersion.Other, 200, "OK", HttpAnomalies.InvalidStartLine)]
    [InlineData("HTTP/2 200", HttpVersion.Other, 200, "", HttpAnomalies.InvalidStartLine)]
    [InlineData("HTTP/1.10 200 OK", HttpVersion.Other, 200, "OK", HttpAnomalies.InvalidStartLine)]
    [InlineData("HTTP/01.1 200 OK", HttpVersion.Other, 200, "OK", HttpAnomalies.InvalidStartLine)]
    [InlineData("HTTP/1.1 99 Two", HttpVersion.Http11, 0, "99 Two", HttpAnomalies.InvalidStartLine)]
    [InlineData("HTTP/1.1 1000 Four", HttpVersion.Http11, 0, "1000 Four", HttpAnomalies.InvalidStartLine)]
    [InlineData("HTTP/1.1 OK", HttpVersion.Http11, 0, "OK", HttpAnomalies.InvalidStartLine)]
    [InlineData("HTTP/1.1", HttpVersion.Http11, 0, "", HttpAnomalies.InvalidStartLine)]
    public void A_status_line_is_read_as_far_as_it_can_be(
        string line, HttpVersion version, int status, string reason, HttpAnomalies anomalies)
    {
        var head = HeadParser.ParseResponse(Encoding.Latin1.GetBytes(line + "\r\n\r\n"))!;

        Assert.Equal((version, status, reason, anomalies), (head.Version, head.Status, head.Reason, head.Anomalies));
    }

    [Theory]
    [InlineData("GET /x HTTP/1.0", HttpVersion.Http10, "/x", HttpAnomalies.None)]
    [InlineData("GET /x y HTTP/1.0", HttpVersion.Http10, "/x y", HttpAnomalies.InvalidStartLine)]
    [InlineData("GET\t/x HTTP/1.0", HttpVersion.Http10, "/x", HttpAnomalies.InvalidStartLine)]
    [InlineData("GET /x\tHTTP/1.0", HttpVersion.Http10, "/x", HttpAnomalies.InvalidStartLine)]
    [InlineData("GET /x HTTP/2.0", HttpVersion.Other, "/x", HttpAnomalies.InvalidStartLine)]
    [InlineData("GET /x HTTP/1.0 y", HttpVersion.Other, "/x", HttpAnomalies.InvalidStartLine)]
    [InlineData("GET /x HTTP/", HttpVersion.Other, "/x", HttpAnomalies.InvalidStartLine)]
    [InlineData("GET /x HTTPS/1.0", HttpVersion.Http09, "/x HTTPS/1.0", HttpAnomalies.InvalidStartLine)]
    [InlineData("GET /x y", HttpVersion.Http09, "/x y", HttpAnomalies.InvalidStartLine)]
    public void A_request_line_is_read_as_far_as_it_can_be(
        string line, HttpVersion version, string target, HttpAnomalies anomalies)
    {
        var head = HeadParser.ParseRequest(Encoding.Latin1.GetBytes(line + "\r\n\r\n"))!;

        Assert.Equal((version, target, anomalies), (head.Version, head.Target, head.Anomalies));
    }

    [Fact]
    public void Equal_heads_share_one_object()
    {
        HeadCache cache = new(HttpLimits.Default);
        var octets = Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n");
        var head = cache.Read(octets, out _)!;

        Assert.Same(head, cache.Read([.. octets], out var kind));
        Assert.Equal(StartLineKind.Response, kind);
        Assert.Same(head, cache.ReadWhole([.. octets, 1], 0));
        Assert.Same(head, cache.ReadWhole([.. octets], 0));
        octets[^6] ^= 1;
        Assert.NotSame(head, cache.Read(octets, out _));
        Assert.NotSame(head, cache.ReadWhole(octets, 0));
    }

    private static ResponseHead Response(string fields) =>
        HeadParser.ParseResponse(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{fields}\r\n"))!;
}
