using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.UnitTests.Analysis.Pools;

public sealed class RetryTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void The_same_request_after_one_without_an_answer_is_its_retry()
    {
        var script = Failed("POST").Open(1, 30).Establish(1, 31).Carry(1, 32, 40, method: "POST");
        var retry = script.Recorder.Exchanges[^1].RetryOf;
        Assert.Equal(
            new RetriedExchange(0, 1, ExchangeFailure.Unanswered, 12 * Millisecond, PoolScript.At(20), true), retry);
        var exchanges = Assert.Single(script.Leave(0, 50).Leave(1, 50).Account.Report().Pools).Exchanges;
        Assert.Equal((1, 1, 1), (exchanges.Failed, exchanges.Retries, exchanges.UnsafeRetries));
    }

    [Fact]
    public void A_request_that_was_sent_into_a_close_failed_when_it_was_sent()
    {
        var script = new PoolScript().Open(0, 1).Establish(0, 2).Fin(0, Side.Server, 20).Busy(0, 1000).Exchange(0, 1000, 20, 0);
        var retry = script.Open(1, 1010).Establish(1, 1011).Carry(1, 1012, 1020).Recorder.Exchanges[^1].RetryOf!;
        Assert.Equal((12 * Millisecond, PoolScript.At(1000)), (retry.Delay, retry.FailedAt));
    }

    /// <summary>A client that closes while it waits has given up then, and not when its answer comes or fails.</summary>
    [Theory]
    [InlineData(2000, 2010, 200, true)]
    [InlineData(2000, 2010, 0, true)]
    [InlineData(2000, 5001, 200, false)]
    [InlineData(11, 21, 200, false)]
    public void A_request_that_was_given_up_failed_when_its_client_closed(long fin, long again, int status, bool isRetry)
    {
        var script = new PoolScript().Open(0, 1).Establish(0, 2).Busy(0, 10).Fin(0, Side.Client, fin)
            .Open(1, again - 2).Establish(1, again - 1).Busy(1, again).Exchange(0, 10, 5000, status).Exchange(1, again, 6000);
        var retry = script.Recorder.Exchanges[^1].RetryOf;
        Assert.Equal(isRetry ? (ExchangeFailure.GivenUp, 10 * Millisecond, PoolScript.At(fin)) : default,
            retry is null ? default : (retry.Failure, retry.Delay, retry.FailedAt));
    }

    [Fact]
    public void An_idempotent_one_is_safe() => Assert.False(
        Failed("GET").Open(1, 30).Carry(1, 32, 40).Recorder.Exchanges[^1].RetryOf!.IsUnsafe);

    [Theory]
    [InlineData(5020, true)]
    [InlineData(5021, false)]
    public void It_comes_within_five_seconds(long start, bool isRetry) => Assert.Equal(
        isRetry, Failed("GET").Open(1, start - 1).Carry(1, start, start + 1).Recorder.Exchanges[^1].RetryOf is not null);

    [Theory]
    [InlineData("PUT", "/cart", "app", 0)]
    [InlineData("GET", "/cart?", "app", 0)]
    [InlineData("GET", "/cart", "app2", 0)]
    [InlineData("GET", "/cart", "app", 3)]
    public void Another_method_target_host_or_body_is_another_request(string method, string target, string host, long body) =>
        Assert.Null(Failed("GET").Open(1, 30)
            .Carry(1, 32, 40, method: method, target: target, host: host, body: body).Recorder.Exchanges[^1].RetryOf);

    [Fact]
    public void Another_client_sends_its_own_request() => Assert.Null(
        Failed("GET").Open(1, 30, client: 8).Carry(1, 32, 40).Recorder.Exchanges[^1].RetryOf);

    [Fact]
    public void A_request_that_was_sent_before_the_failure_is_no_retry() => Assert.Null(
        Failed("GET").Open(1, 10, midstream: true).Carry(1, 19, 40).Recorder.Exchanges[^1].RetryOf);

    [Fact]
    public void Each_failure_has_one_retry_and_a_retry_may_fail_too()
    {
        var script = Failed("GET").Open(1, 30, midstream: true).Carry(1, 32, 40, 503).Carry(1, 50, 60).Carry(1, 70, 80);
        var retries = script.Recorder.Exchanges.Skip(1).Select(exchange => exchange.RetryOf).ToList();
        Assert.Equal((0, ExchangeFailure.Unanswered), (retries[0]!.Connection, retries[0]!.Failure));
        Assert.Equal((1, 1, ExchangeFailure.ServerError), (retries[1]!.Connection, retries[1]!.Ordinal, retries[1]!.Failure));
        Assert.Null(retries[2]);
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(429, false)]
    public void A_gateway_that_failed_is_asked_again(int status, bool isRetry)
    {
        var script = new PoolScript().Open(0, 1, midstream: true).Carry(0, 2, 3, status).Carry(0, 4, 5);
        Assert.Equal(isRetry, script.Recorder.Exchanges[^1].RetryOf is not null);
    }

    [Fact]
    public void Of_many_failures_the_latest_are_remembered()
    {
        var script = new PoolScript(new PoolLimits { Failures = 4 }).Open(0, 1, midstream: true);
        for (var i = 1; i <= 5; i++)
        {
            script.Carry(0, 10 * i, (10 * i) + 1, 503, body: i);
        }

        Assert.Null(script.Carry(0, 100, 101, body: 1).Recorder.Exchanges[^1].RetryOf);
        Assert.Equal(2, script.Carry(0, 102, 103, body: 2).Recorder.Exchanges[^1].RetryOf!.Ordinal);
    }

    [Fact]
    public void Who_was_told_late_takes_no_place_of_one_that_failed_later()
    {
        var script = new PoolScript(new PoolLimits { Failures = 1 }).Open(0, 1, midstream: true)
            .Carry(0, 10, 20, 503).Carry(0, 5, 12, 503, target: "/late");
        Assert.Null(script.Carry(0, 30, 31, target: "/late").Recorder.Exchanges[^1].RetryOf);
        Assert.NotNull(script.Carry(0, 32, 33).Recorder.Exchanges[^1].RetryOf);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_burst_of_failures_is_retried_in_the_order_in_which_they_failed(bool isOneBody)
    {
        const int Burst = 200;
        var script = new PoolScript().Open(0, 1, midstream: true);
        for (var i = 0; i < Burst; i++)
        {
            script.Carry(0, 2 + i, 1000 + i, 503, "POST", body: isOneBody ? 1 : i);
        }

        for (var i = 0; i < Burst; i++)
        {
            script.Carry(0, 2000 + i, 3000 + i, method: "POST", body: isOneBody ? 1 : i);
        }

        Assert.Equal(
            Enumerable.Range(1, Burst).Select(ordinal => (int?)ordinal),
            script.Recorder.Exchanges.Skip(Burst).Select(exchange => exchange.RetryOf?.Ordinal));
    }

    [Fact]
    public void A_name_may_be_written_in_other_letters() => Assert.NotNull(
        Failed("GET").Open(1, 30).Carry(1, 32, 40, host: "APP").Recorder.Exchanges[^1].RetryOf);

    [Fact]
    public void Of_a_body_that_was_cut_off_what_was_announced_counts()
    {
        var script = new PoolScript().Open(0, 1, midstream: true)
            .Exchange(0, 2, 10, 0, "POST", body: 7, outcome: ExchangeEnd.RequestTruncated, isWhole: false);
        Assert.Null(script.Carry(0, 20, 21, method: "POST", body: 8).Recorder.Exchanges[^1].RetryOf);
        Assert.NotNull(script.Carry(0, 22, 23, 503, "POST", body: 7).Recorder.Exchanges[^1].RetryOf);

        var cut = script.Exchange(0, 30, 40, 0, "POST", body: 7, outcome: ExchangeEnd.RequestTruncated, isWhole: false);
        Assert.Equal(3, cut.Recorder.Exchanges[^1].RetryOf!.Ordinal);
    }

    [Fact]
    public void Where_no_address_and_no_time_is_known_nothing_is_repeated()
    {
        var script = new PoolScript().Open(0, 1, midstream: true).Carry(0, 2, 3, 503);
        var exchange = script.Recorder.Exchanges[^1];
        var watch = new RetryWatch(PoolLimits.Default);
        watch.Remember(PoolScript.Endpoint(7, 1).Address, exchange, exchange.Request!, ExchangeFailure.ServerError, default);
        Assert.Null(watch.Find(default, exchange with { RequestTrace = exchange.RequestTrace with { Complete = false } }, exchange.Request!));
    }

    private static PoolScript Failed(string method) => new PoolScript().Open(0, 1).Establish(0, 2).Busy(0, 3)
        .Rst(0, Side.Server, 20).Exchange(0, 3, 20, 0, method);
}
