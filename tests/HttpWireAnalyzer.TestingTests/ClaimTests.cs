using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Testing;
using Xunit;

namespace HttpWireAnalyzer.TestingTests;

/// <summary>What passes, what fails, and what is neither.</summary>
public sealed class ClaimTests
{
    public static TheoryData<string> Names => [.. Repository.Cases];

    /// <summary>A filter and the same in C#, on every capture: they choose the same records.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Properties_say_what_fields_say(string name)
    {
        var capture = Captures.Open(name);
        Same(capture.Connections, "conn.close.first == server", one => one.ClosedFirst == Side.Server);
        Same(capture.Connections, "conn.close.reason == idle_close", one => one.CloseReason == CloseReason.IdleClose);
        Same(capture.Connections, "conn.close.how == fin", one => one.Close == CloseManner.Fin);
        Same(capture.Connections, "conn.reuse >= 0.5", one => one.Reuse >= 0.5);
        Same(capture.Connections, "conn.idle.max > 1s", one => one.LongestIdle > TimeSpan.FromSeconds(1));
        Same(capture.Connections, "conn.idle.before_close > 1s", one => one.IdleBeforeClose > TimeSpan.FromSeconds(1));
        Same(capture.Connections, "conn.unanswered > 0", one => one.Unanswered > 0);
        Same(capture.Connections, "conn.midstream == true", one => one.IsMidstream);
        Same(capture.Connections, "conn.responses < 2", one => one.Responses < 2);
        Same(capture.Connections, "conn.pipeline.max > 1", one => one.PipelineDepth > 1);
        Same(capture.Connections, "conn.rtt.handshake < 1ms", one => one.RoundTrip < TimeSpan.FromMilliseconds(1));
        Same(capture.Connections, "conn.duration > 1s", one => one.Lifetime > TimeSpan.FromSeconds(1));
        Same(capture.Connections, "http.keep_alive.timeout == 5", one => one.KeepAliveTimeout == 5);
        Same(capture.Connections, "conn.gaps > 0", one => one.Gaps > 0);
        Same(capture.Connections, "server.port == 80", one => one.Server.Port == 80);
        Same(capture.Connections, "http.request.method == POST", one => one.Exchanges.Any(exchange => exchange.Method == "POST"));
        Same(capture.Exchanges, "exchange.outcome == unanswered", one => one.Outcome == ExchangeEnd.Unanswered);
        Same(capture.Exchanges, "exchange.persistent == closes", one => one.Persistence == PersistenceVerdict.Closes);
        Same(capture.Exchanges, "exchange.complete == true && http.response.code >= 400", one => one.IsComplete && one.Status >= 400);
        Same(capture.Exchanges, "exchange.ttfb > 1ms", one => one.TimeToFirstOctet > TimeSpan.FromMilliseconds(1));
        Same(capture.Exchanges, "exchange.time.think > 1ms", one => one.ServerTime > TimeSpan.FromMilliseconds(1));
        Same(capture.Exchanges, "exchange.idle_before > 1s", one => one.IdleBefore > TimeSpan.FromSeconds(1));
        Same(capture.Exchanges, "exchange.retry_of", one => one.RetryOf is not null);
        Same(capture.Exchanges, "http.request.idempotent == true", one => one.IsIdempotent);
        Same(capture.Exchanges, "conn.close.how == reset", one => capture.Connections.Any(each => each.Id == one.Connection && each.Close == CloseManner.Reset));
        Same(capture.Pools, "pool.reuse_ratio > 40%", one => one.ReuseRatio > 0.4);
        Same(capture.Pools, "pool.open.max > 1 && pool.busy.max > 1", one => one.MostOpen > 1 && one.MostBusy > 1);
        Same(capture.Pools, "pool.failed > 0 || pool.retries > 0", one => one.Failed > 0 || one.Retries > 0);
        Same(capture.Pools, "pool.idle_before_reuse.max > 1s", one => one.LongestIdleReused > TimeSpan.FromSeconds(1));
        Same(capture.Pools, "pool.closed_by.client > pool.closed_by.server", one => one.ClosedByClient > one.ClosedByServer);
        Same(capture.Pools, "pool.closed_by.rst > 0", one => one.ClosedByReset > 0);
        Same(capture.Pools, "pool.retries.unsafe > 0", one => one.UnsafeRetries > 0);
        Same(capture.Findings, "finding.severity == warning", one => one.Severity == Severity.Warning);
        Same(capture.Findings, "finding.confidence == likely", one => one.Confidence == Confidence.Likely);
        Same(capture.Findings, "finding.id matches \"HWA-K\"", one => one.Id.StartsWith("HWA-K", StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_drains_with_GOAWAY_or_does_not()
    {
        Captures.Open("http2/goaway-drain").ShouldDrainWithGoAway();
        foreach (var name in (string[])["http2/goaway-race", "http2/closed-without-goaway", "http/two-at-a-time-kept-alive"])
        {
            Assert.Throws<WireAssertionException>(() => Captures.Open(name).ShouldDrainWithGoAway());
        }
    }

    /// <summary>A claim and its negation never both pass, and one of them does where something is selected.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_claim_and_its_negation_never_both_pass(string name)
    {
        var connections = Captures.Open(name).Connections.Where(one => one.Requests > 0);
        var all = Passes(() => connections.ShouldAll(one => one.ClosedFirst == Side.Client));
        var notAll = Passes(() => connections.ShouldAny(one => one.ClosedFirst != Side.Client));
        Assert.Equal(connections.Count > 0, all ^ notAll);
        Assert.False(all && notAll);
        Assert.False(connections.Count == 0 && (all || notAll));
        Assert.Equal(connections.Count > 0, Passes(() => connections.ShouldNone(one => one.Requests == 0)));
    }

    [Fact]
    public void About_nothing_no_claim_holds_unless_that_is_allowed()
    {
        var none = Captures.Open("http/two-at-a-time-closed").Connections.Where(one => one.Requests > 9);
        foreach (var claim in (Action<WireSelection<WireConnection>>[])
            [
                one => one.ShouldAll(each => each.Requests > 9),
                one => one.ShouldNone(each => each.Requests == 0),
                one => one.ShouldHaveCount(0),
                one => one.ShouldFollow(WireStep.Syn()),
            ])
        {
            var failure = Assert.Throws<WireAssertionException>(() => claim(none));
            Assert.Equal(VerdictReason.Empty, failure.Verdict.Reason);
            claim(none.AllowEmpty());
        }
    }

    [Fact]
    public void What_the_capture_cannot_show_is_inconclusive_and_no_pass()
    {
        var midstream = Captures.Open("http/picked-up-midstream");
        var failure = Assert.Throws<WireAssertionException>(() => midstream.Require(minConnections: 2));
        Assert.Equal(Outcome.Inconclusive, failure.Outcome);
        Assert.Contains("INCONCLUSIVE", failure.Message, StringComparison.Ordinal);
        Assert.Same(midstream, midstream.Require(minConnections: 1, minExchanges: 1, completeFile: true, dropped: 0));
        var tooShort = Assert.Throws<WireAssertionException>(() => midstream.Require(duration: TimeSpan.FromHours(1)));
        Assert.Contains("it lasts ", tooShort.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_in_the_code_is_said_before_anything_is_judged()
    {
        var capture = Captures.Open("http/two-at-a-time-closed");
        Assert.Contains("Did you mean 'conn.requests'?", Wrong(() => capture.Connections.ShouldAll("conn.requets > 1")), StringComparison.Ordinal);
        Assert.Contains("\n  conn.requests >> 1\n", Wrong(() => capture.Connections.ShouldAll("conn.requests >> 1")), StringComparison.Ordinal);
        Assert.Contains("Did you mean", Wrong(() => capture.Connections.ShouldAll(one => one.Has("conn.requets"))), StringComparison.Ordinal);
        Assert.Contains("of the kind Duration", Wrong(() => capture.Connections.ShouldAll(one => one.Number("conn.idle.max") > 1)), StringComparison.Ordinal);
        Assert.Contains("HWA-K001", Wrong(() => capture.Findings.ShouldNotContain("HWA-K0001")), StringComparison.Ordinal);
        Assert.Contains("all findings", Wrong(() => capture.Findings.Where(one => one.Severity == Severity.Error).ShouldNotContain("HWA-K001")), StringComparison.Ordinal);
        Wrong(() => capture.Exchanges.ShouldMeasure("exchange.latency < 1s"));
        Wrong(() => capture.Connections.ShouldFollow());
    }

    [Fact]
    public void Records_are_read_as_a_list()
    {
        var capture = Captures.Open("http/two-at-a-time-closed");
        Assert.Equal([0L, 1L, 2L, 3L], capture.Connections.Select(one => one.Id));
        Assert.Equal("192.0.2.2:80", capture.Pools.Single().Server.ToString());
        Assert.Equal(["connection 3"], capture.Connections.Where("conn.id == 3").Select(one => $"connection {one.Id}"));
    }

    private static void Same<TRecord>(WireSelection<TRecord> all, string filter, Func<TRecord, bool> predicate)
        where TRecord : WireRecord => Assert.Equal(all.Where(predicate).AsEnumerable(), all.Where(filter));

    private static bool Passes(Action claim)
    {
        try
        {
            claim();
            return true;
        }
        catch (WireAssertionException)
        {
            return false;
        }
    }

    private static string Wrong(Action code) => Assert.Throws<ArgumentException>(code).Message;
}
