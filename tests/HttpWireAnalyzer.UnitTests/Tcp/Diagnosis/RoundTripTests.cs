using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tcp.Diagnosis;
using HttpWireAnalyzer.TestBuilders.Tcp;

namespace HttpWireAnalyzer.UnitTests.Tcp.Diagnosis;

/// <summary>Round trips, what is in flight, and the initial window.</summary>
public sealed class RoundTripTests
{
    /// <summary>A round trip is kept in units of 256 ns.</summary>
    private const long Exactness = RoundTrips.Unit;

    [Fact]
    public void State_of_an_end_is_a_cache_line() => Assert.Equal(64, Unsafe.SizeOf<EndDiagnosis>());

    [Fact]
    public void The_handshake_gives_the_first_round_trip_of_each_way()
    {
        var summary = Playbook.Start().Client(Playbook.Syn).Wait(19).Server(Playbook.SynAck).Wait(4).Client(Playbook.Ack)
            .Finish().Summary;

        Assert.Equal(1, summary.ClientEnd.Diagnosis.RoundTrips.Samples);
        Assert.InRange(summary.ClientEnd.Diagnosis.RoundTrips.Least, 20_000_000 - Exactness, 20_000_000 + Exactness);
        Assert.InRange(summary.ServerEnd.Diagnosis.RoundTrips.Least, 5_000_000 - Exactness, 5_000_000 + Exactness);
    }

    [Fact]
    public void What_was_sent_twice_gives_none()
    {
        var summary = Playbook.Established().Server("aaaa").Wait(300).Server("aaaa", seq: 0).Client(Playbook.Ack)
            .Finish().Summary;

        Assert.Equal(1, summary.ServerEnd.Diagnosis.RoundTrips.Samples);
    }

    /// <summary>The acknowledgment of what is timed was missed as well, and nobody knows when it came.</summary>
    [Fact]
    public void An_acknowledgment_of_more_than_was_captured_gives_none()
    {
        var summary = Playbook.Established().Server("aaaa").Wait(10_000).Client(Playbook.Ack, ack: 400).Finish().Summary;

        Assert.Equal(1, summary.ServerEnd.Diagnosis.RoundTrips.Samples);
    }

    /// <summary>The tap put the acknowledgment before the octets: the next one tells nothing of their way.</summary>
    [Fact]
    public void Octets_that_were_acknowledged_before_they_came_give_none()
    {
        var summary = Playbook.Established().Client(Playbook.Ack, ack: 4).Server("aaaa", seq: 0).Wait(5_000).Server("bbbb").Client(Playbook.Ack)
            .Finish().Summary;

        Assert.InRange(summary.ServerEnd.Diagnosis.RoundTrips.Most, 0, 2_000_000);
    }

    /// <summary>The third step was not captured: what acknowledges more was sent for another reason.</summary>
    [Fact]
    public void A_SYN_ACK_that_is_acknowledged_with_later_octets_gives_none()
    {
        var summary = Playbook.Start().Client(Playbook.Syn).Server(Playbook.SynAck).Client("GET", ack: 0).Finish().Summary;
        var late = Playbook.Start().Client(Playbook.Syn).Server(Playbook.SynAck).Missed(play => play.Client(Playbook.Ack).Client("GET"))
            .Wait(500).Server("OK").Client(Playbook.Ack).Finish().Summary;

        Assert.Equal((1, 0), (summary.ServerEnd.Diagnosis.RoundTrips.Samples, late.ServerEnd.Diagnosis.RoundTrips.Samples));
    }

    [Fact]
    public void Initial_window_is_what_was_sent_before_the_first_acknowledgment_of_it()
    {
        var diagnosis = Playbook.Established().Client("GET").Server("aaaa").Server("bbbb").Server("cc")
            .Client(Playbook.Ack).Server("dddddddd").Finish().Summary.ServerEnd.Diagnosis;

        Assert.Equal((10, 3), (diagnosis.InitialOctets, diagnosis.InitialSegments));
        Assert.Equal(10, diagnosis.MostInFlight);
    }

    [Fact]
    public void A_series_gives_the_95th_percentile_to_a_sixteenth()
    {
        var series = new RoundTripSeries();
        for (var i = 1u; i <= 1000; i++)
        {
            series.Add(i * 100);
        }

        Assert.InRange(series.Percentile95(), 95_000 * 15 / 16, 95_000 * 17 / 16);
        Assert.Equal(1000, series.Count);
    }

    [Fact]
    public void Timeout_is_smoothed_round_trip_and_200_ms_at_least()
    {
        var end = default(EndDiagnosis);
        for (var i = 0; i < 50; i++)
        {
            RoundTrips.Add(ref end, RoundTrips.UnitsOf(40_000_000), new StreamPool());
        }

        Assert.InRange(RoundTrips.TimeoutOf(end), 239_000_000, 241_000_000);
    }
}
