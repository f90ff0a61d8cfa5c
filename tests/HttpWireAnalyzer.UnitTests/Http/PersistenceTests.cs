using System.Text;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.UnitTests.Http;

/// <summary>RFC 9112 §9.3, line by line.</summary>
public sealed class PersistenceTests
{
    [Theory]
    [InlineData("1.1", "", "1.1", "", PersistenceVerdict.Persistent, PersistenceRule.Http11Default)]
    [InlineData("1.1", "close", "1.1", "", PersistenceVerdict.Closes, PersistenceRule.CloseInRequest)]
    [InlineData("1.1", "", "1.1", "close", PersistenceVerdict.Closes, PersistenceRule.CloseInResponse)]
    [InlineData("1.1", "close", "1.1", "close", PersistenceVerdict.Closes, PersistenceRule.CloseInRequest)]
    [InlineData("1.1", "", "1.1", "keep-alive, Close", PersistenceVerdict.Closes, PersistenceRule.CloseInResponse)]
    [InlineData("1.0", "keep-alive", "1.0", "keep-alive", PersistenceVerdict.Persistent, PersistenceRule.Http10KeepAlive)]
    [InlineData("1.0", "Keep-Alive", "1.1", "keep-alive", PersistenceVerdict.Persistent, PersistenceRule.Http10KeepAlive)]
    [InlineData("1.0", "", "1.0", "keep-alive", PersistenceVerdict.Closes, PersistenceRule.Http10Default)]
    [InlineData("1.0", "keep-alive", "1.0", "", PersistenceVerdict.Closes, PersistenceRule.Http10Default)]
    [InlineData("1.0", "keep-alive", "1.1", "", PersistenceVerdict.Closes, PersistenceRule.Http10Default)]
    [InlineData("1.1", "", "1.0", "keep-alive", PersistenceVerdict.Persistent, PersistenceRule.Http10KeepAlive)]
    [InlineData("1.1", "", "1.0", "", PersistenceVerdict.Closes, PersistenceRule.Http10Default)]
    public void The_verdict_has_its_rule(
        string requestVersion, string requestOption, string responseVersion, string responseOption,
        PersistenceVerdict verdict, PersistenceRule rule)
    {
        var request = Request(requestVersion, requestOption);
        var response = Response(responseVersion, responseOption);

        Assert.Equal(
            new Persistence(verdict, rule), PersistenceRules.Decide(request, response, BodyRule.ContentLength));
    }

    [Theory]
    [InlineData("1.0", "Transfer-Encoding: chunked", "1.0", "", PersistenceRule.FaultyFraming)]
    [InlineData("1.0", "", "1.0", "Transfer-Encoding: chunked", PersistenceRule.FaultyFraming)]
    [InlineData("1.1", "Transfer-Encoding: chunked\r\nContent-Length: 3", "1.1", "", PersistenceRule.FaultyFraming)]
    [InlineData("1.1", "Transfer-Encoding: chunked", "1.1", "Transfer-Encoding: chunked\r\nContent-Length: 3", PersistenceRule.Http11Default)]
    public void A_Transfer_Encoding_that_may_not_be_there_closes(
        string requestVersion, string requestField, string responseVersion, string responseField, PersistenceRule rule) => Assert.Equal(
        rule,
        PersistenceRules.Decide(
            Request(requestVersion, "keep-alive\r\n" + requestField), Response(responseVersion, "keep-alive\r\n" + responseField),
            BodyRule.Chunked).Rule);

    [Fact]
    public void Where_it_would_close_anyway_that_is_the_rule() => Assert.Equal(
        PersistenceRule.Http10Default,
        PersistenceRules.Decide(Request("1.0", "x"), Response("1.0", "x\r\nTransfer-Encoding: chunked"), BodyRule.Chunked).Rule);

    [Fact]
    public void A_body_that_ends_with_the_connection_closes_it() => Assert.Equal(
        new Persistence(PersistenceVerdict.Closes, PersistenceRule.CloseDelimited),
        PersistenceRules.Decide(Request("1.1", ""), Response("1.1", ""), BodyRule.UntilClose));

    [Fact]
    public void A_tunnel_is_neither_persistent_nor_closed() => Assert.Equal(
        new Persistence(PersistenceVerdict.Tunnel, PersistenceRule.Switched),
        PersistenceRules.Decide(Request("1.1", "close"), Response("1.1", ""), BodyRule.Tunnel));

    [Fact]
    public void Without_a_response_only_close_in_the_request_decides()
    {
        Assert.Equal(PersistenceRule.CloseInRequest, PersistenceRules.Decide(Request("1.1", "close"), null, BodyRule.None).Rule);
        Assert.Equal(PersistenceVerdict.Unknown, PersistenceRules.Decide(Request("1.1", ""), null, BodyRule.None).Verdict);
    }

    private static RequestHead Request(string version, string option) => HeadParser.ParseRequest(
        Encoding.Latin1.GetBytes($"GET / HTTP/{version}\r\nHost: a\r\nConnection: {option}\r\n\r\n"))!;

    private static ResponseHead Response(string version, string option) => HeadParser.ParseResponse(
        Encoding.Latin1.GetBytes($"HTTP/{version} 200 OK\r\nConnection: {option}\r\n\r\n"))!;
}
