using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Analysis.Pools;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.UnitTests.Analysis.Pools;

public sealed class PoolAccountTests
{
    private const long Millisecond = 1_000_000;

    [Fact]
    public void A_connection_counts_from_both_established_to_the_first_fin()
    {
        var pool = Only(new PoolScript().Open(0, 1).Establish(0, 11).Carry(0, 21, 31).Carry(0, 41, 61)
            .Fin(0, Side.Server, 81).Fin(0, Side.Client, 91).Leave(0, 101));
        Assert.Equal(new LevelRecord(1, PoolScript.At(11), 7000), pool.Occupancy.Open);
        Assert.Equal(new LevelRecord(1, PoolScript.At(21), 3000), pool.Occupancy.Busy);
        Assert.Equal(new LevelRecord(1, PoolScript.At(11), 4000), pool.Occupancy.Idle);
        Assert.Equal((1, 1, 2, 1), (pool.Connections.Total, pool.Connections.WithRequests, pool.Exchanges.Total, pool.Exchanges.Reusing));
        Assert.Equal((1, 0, 0), (pool.Connections.ClosedByServer, pool.Connections.ClosedByClient, pool.Connections.Reset));
        Assert.Equal(10 * Millisecond, pool.Exchanges.MaxIdleBefore);
        Assert.Equal(41, pool.Exchanges.MaxIdleBeforeAt.Number);
        Assert.Equal(10 * Millisecond, pool.Connections.ConnectTime);
        Assert.Equal(new DurationSpread(80 * Millisecond, 80 * Millisecond, 80 * Millisecond, 80 * Millisecond), pool.Connections.Age);
    }

    [Fact]
    public void One_packet_that_ends_an_exchange_and_begins_the_next_leaves_no_idle_between()
    {
        var script = new PoolScript().Open(0, 1, midstream: true).Busy(0, 1).Exchange(0, 1, 5).Busy(0, 5).Exchange(0, 5, 9, 0);
        var pool = Only(script.Rst(0, Side.Client, 9).Leave(0, 9));
        Assert.Equal(0, pool.Occupancy.Idle.Max);
        Assert.Equal(1, pool.Occupancy.Busy.Max);
        Assert.Equal((1, 1), (pool.Connections.Midstream, pool.Connections.Reset));
        Assert.Equal(0, pool.Exchanges.Cold);
    }

    [Fact]
    public void An_idle_time_after_which_nothing_was_answered_was_not_outlived()
    {
        var pool = Only(new PoolScript().Open(0, 1).Establish(0, 2).Carry(0, 3, 4).Carry(0, 8, 9).Carry(0, 20, 21, 0)
            .Rst(0, Side.Server, 22).Leave(0, 22));
        Assert.Equal((4 * Millisecond, 8), (pool.Exchanges.MaxIdleBefore, pool.Exchanges.MaxIdleBeforeAt.Number));
    }

    [Fact]
    public void A_tunnel_is_busy_until_it_closes()
    {
        var script = new PoolScript().Open(0, 1).Establish(0, 2).Busy(0, 3)
            .Exchange(0, 3, 4, 200, "CONNECT", "b:443", outcome: ExchangeEnd.Switched);
        var pool = Only(script.Fin(0, Side.Client, 12).Leave(0, 12));
        Assert.Equal(((9 * 10_000) + 5) / 11, pool.Occupancy.Busy.Mean);
    }

    [Fact]
    public void What_is_under_way_at_the_end_stays_busy()
    {
        var pool = Only(new PoolScript().Open(0, 1).Establish(0, 2).Busy(0, 3)
            .Exchange(0, 3, 4, 0, outcome: ExchangeEnd.InProgress).Leave(0, 13));
        Assert.Equal(((10 * 10_000) + 6) / 12, pool.Occupancy.Busy.Mean);
        Assert.Equal(1, pool.Connections.LeftOpen);
    }

    [Fact]
    public void A_connection_that_a_syn_superseded_is_open_no_more()
    {
        var script = new PoolScript().Open(0, 1).Establish(0, 2).Open(1, 5).Leave(0, 2);
        var pool = Only(script.Open(2, 6).Establish(1, 7).Establish(2, 8).Leave(1, 9).Leave(2, 9));
        Assert.Equal((3, 2), (pool.Connections.Total, pool.Occupancy.Open.Max));
    }

    [Fact]
    public void A_pool_is_a_client_address_and_a_server_endpoint()
    {
        var script = new PoolScript();
        (byte Client, ushort Port)[] ends = [(7, 80), (7, 81), (8, 80), (7, 80)];
        for (var i = 0; i < ends.Length; i++)
        {
            script.Open(i, (2 * i) + 1, ends[i].Client, ends[i].Port).Establish(i, (2 * i) + 2);
        }

        for (var i = 0; i < ends.Length; i++)
        {
            script.Leave(i, 20);
        }

        var pools = script.Account.Report().Pools;
        Assert.Equal([0, 1, 2], pools.Select(pool => pool.Id));
        Assert.Equal([2, 1, 1], pools.Select(pool => pool.Connections.Total));
        Assert.Equal([3, 3, 1], pools.Select(pool => pool.MaxToAddress));
        Assert.Equal([2, 1, 1], pools.Select(pool => pool.Occupancy.Open.Max));
    }

    [Fact]
    public void Ends_that_were_taken_for_each_other_are_put_right_by_the_first_request()
    {
        var script = new PoolScript().Open(0, 1, client: 1, server: 7, port: 50_000, midstream: true).Busy(0, 2)
            .Exchange(0, 2, 3, requester: Side.Server).Carry(0, 4, 5).Leave(0, 9);
        var pool = Only(script);
        Assert.Equal((PoolScript.Endpoint(7, 0).Address, PoolScript.Endpoint(1, 40_000)), (pool.Client, pool.Server));
        Assert.Equal((1, 1, 2), (pool.Occupancy.Open.Max, pool.Occupancy.Busy.Max, pool.Exchanges.Total));
    }

    [Fact]
    public void Names_of_one_domain_that_are_in_use_at_once_are_sharding()
    {
        var script = new PoolScript();
        string[] hosts = ["img1.example.co.uk", "img2.example.co.uk:80", "other.org", "10.0.0.1"];
        for (var i = 0; i < hosts.Length; i++)
        {
            script.Open(i, (4 * i) + 1).Establish(i, (4 * i) + 2).Busy(i, (4 * i) + 3)
                .Exchange(i, (4 * i) + 3, (4 * i) + 4, host: hosts[i]);
        }

        for (var i = 0; i < hosts.Length; i++)
        {
            script.Fin(i, Side.Client, 20 + i).Leave(i, 30);
        }

        var report = script.Account.Report();
        var site = Assert.Single(report.Sharded);
        Assert.Equal(("example.co.uk", 2, 2), (site.Domain, site.MaxHosts, site.MaxOpen));
        Assert.Equal(["example.co.uk"], report.Pools.Single().ShardedDomains);
        Assert.Equal(hosts, report.Pools.Single().Hosts);
    }

    [Fact]
    public void Names_of_one_domain_one_after_the_other_are_none()
    {
        var script = new PoolScript().Open(0, 1).Establish(0, 2).Carry(0, 3, 4, host: "a.example.org").Fin(0, Side.Client, 5)
            .Open(1, 6).Establish(1, 7).Carry(1, 8, 9, host: "b.example.org").Fin(1, Side.Client, 10).Leave(0, 11).Leave(1, 11);
        Assert.Empty(script.Account.Report().Sharded);
    }

    [Fact]
    public void Connections_of_pools_beyond_the_limit_are_counted()
    {
        var script = new PoolScript(new PoolLimits { Pools = 2 });
        for (var i = 0; i < 5; i++)
        {
            script.Open(i, i + 1, client: (byte)i).Leave(i, 9);
        }

        var report = script.Account.Report();
        Assert.Equal((2, 3), (report.Pools.Count, report.ConnectionsLeftOut));
    }

    [Fact]
    public void Clients_of_pools_beyond_the_limit_are_not_one_that_spreads_its_hosts()
    {
        var script = new PoolScript(new PoolLimits { Pools = 1 }).Open(0, 1);
        for (var i = 1; i <= 2; i++)
        {
            script.Open(i, 10 * i, client: (byte)(10 + i)).Establish(i, (10 * i) + 1).Carry(i, (10 * i) + 2, (10 * i) + 3, host: $"img{i}.example.org");
        }

        Assert.Empty(script.Leave(0, 90).Leave(1, 90).Leave(2, 90).Account.Report().Sharded);
    }

    [Fact]
    public void A_turn_that_comes_too_late_counts_from_the_earliest_that_is_held()
    {
        var script = new PoolScript(new PoolLimits { HeldTurns = 2 }).Open(9, 1).Establish(9, 2);
        for (var i = 0; i < 4; i++)
        {
            script.Open(i, 10 + i, midstream: true);
        }

        // Turns at 2, 10, 11, 12 and 13 were told of; the two last are held.
        script.Busy(9, 3).Leave(9, 20);
        var report = script.Account.Report();
        Assert.Equal(1, report.LateTurns);
        Assert.Equal(12, Assert.Single(report.Pools).Occupancy.Busy.MaxAt.Number);
    }

    [Fact]
    public void So_far_connections_count_that_have_not_left_with_the_latest_turns()
    {
        var script = new PoolScript().Open(0, 1).Establish(0, 2).Carry(0, 3, 4).Carry(0, 5, 6).Open(1, 7, midstream: true).Busy(1, 9);
        var pool = Assert.Single(script.Account.SoFar().Pools);
        Assert.Equal((2, 1, 2), (pool.Occupancy.Open.Max, pool.Occupancy.Busy.Max, pool.Occupancy.Idle.Max));
        Assert.Equal((2, 2, 2), (pool.Connections.Total, pool.Connections.Present, pool.Connections.LeftOpen));
        Assert.Equal((1, 1, 1, 1), (pool.Exchanges.Reusing, pool.Connections.WithRequests, pool.Exchanges.Cold, pool.Connections.Midstream));
        Assert.Equal(2, pool.MaxToAddress);

        var whole = Only(script.Rst(1, Side.Server, 10).Fin(0, Side.Client, 11).Leave(0, 12).Leave(1, 12));
        Assert.Equal((2, 0, 0), (whole.Connections.Total, whole.Connections.Present, whole.Connections.LeftOpen));
        Assert.Equal((2, 1, 2), (whole.Occupancy.Open.Max, whole.Occupancy.Busy.Max, whole.Occupancy.Idle.Max));
        Assert.Equal((1, 1, 2), (whole.Connections.WithRequests, whole.Connections.Midstream, whole.MaxToAddress));
    }

    [Fact]
    public void A_member_takes_48_octets() => Assert.Equal(48, Unsafe.SizeOf<Member>());

    [Fact]
    public void Turns_allocate_nothing()
    {
        var account = new PoolAccount(new NoExchanges());
        var script = new PoolScript();
        var heads = script.Open(0, 1).Establish(0, 2).Exchange(0, 3, 4).Recorder.Exchanges;
        var opening = new ConnectionOpening(
            new ConnectionId(0, 0), PoolScript.Endpoint(7, 40_000), PoolScript.Endpoint(1, 80), 1, true, PoolScript.At(1));
        account.OnOpened(opening);
        Assert.Equal(0, Allocation.LeastOf(round =>
        {
            for (var i = 1; i <= 10_000; i++)
            {
                var start = PoolScript.At((round * 20_000L) + (2 * i));
                account.OnBusy(opening.Connection, start);
                account.OnExchange(heads[0] with { EndedBy = PoolScript.At(start.Number + 1) });
            }
        }));
    }

    private static PoolRecord Only(PoolScript script) => Assert.Single(script.Account.Report().Pools);
}
