using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-D102: a tap at the server, 50 ms from the client.</summary>
public sealed class SlowStartAfterIdleTests
{
    private const string Rule = "HWA-D102";
    private const int Segment = 1460;
    private const double RoundTrip = 50;

    [Fact]
    public void A_download_that_begins_with_ten_segments_again()
    {
        var scene = new Scene();
        var talk = Warm(scene);
        Flights(talk, 2000, 10, 20, 10);
        var finding = scene.Finding(Rule);
        Assert.Equal((Severity.Note, Confidence.Likely), (finding.Severity, finding.Confidence));
        Assert.Equal((10 * Segment, 40 * Segment), (finding.ValueOf("flight"), finding.ValueOf("before")));
        // 40 segments take 10 + 20 + 10, and one round with what had been outstanding before.
        Assert.Equal((1, 2), (finding.ValueOf("count"), finding.ValueOf("rounds")));
        Assert.InRange(finding.ValueOf("sum"), 99_000_000, 103_000_000);
        Assert.Equal((long)Side.Server, finding.ValueOf("sender"));
    }

    [Fact]
    public void A_response_that_fits_into_the_first_flight_costs_nothing()
    {
        var scene = new Scene();
        Flights(Warm(scene), 2000, 10);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Without_idleness_it_is_the_paths_own_slow_start()
    {
        var scene = new Scene();
        Flights(Warm(scene), 300, 10, 20, 10);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_program_that_pauses_does_not_follow_the_acknowledgment()
    {
        var scene = new Scene();
        Flights(Warm(scene), 2000, reaction: 10, flights: [10, 20, 10]);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_flight_that_goes_on_until_its_acknowledgment_did_not_stand_still()
    {
        var scene = new Scene();
        Flights(Warm(scene), 2000, between: 4.9, flights: [10, 20, 10]);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_window_that_is_full_holds_the_sender_up_itself()
    {
        var scene = new Scene();
        // 115 × 128 octets: ten segments, and not eleven.
        Flights(Warm(scene, window: 115), 2000, window: 115, flights: [10, 10, 10, 10]);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void More_than_the_initial_window_is_no_restart()
    {
        var scene = new Scene();
        Flights(Warm(scene), 2000, 20, 20);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Connections_that_never_had_more_outstanding_lose_nothing()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0, front: 0.1, back: RoundTrip);
        Flights(talk, 100, 10, 10);
        Flights(talk, 2000, 10, 10);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Loss_in_the_first_flight_explains_the_wait()
    {
        var scene = new Scene();
        var talk = Warm(scene);
        Flights(talk, 2000, isLossy: true, flights: [10, 20, 10]);
        scene.IsQuietOn(Rule);
    }

    /// <summary>A connection that has had 40 segments outstanding.</summary>
    private static Talk Warm(Scene scene, ushort window = 65535)
    {
        var talk = scene.Talk().Handshake(0, front: 0.1, back: RoundTrip);
        Flights(talk, 100, window: window, flights: [10, 40]);
        return talk;
    }

    private static void Flights(Talk talk, double at, params int[] flights) => Flights(talk, at, flights, reaction: 0.1);

    /// <param name="reaction">Acknowledgment to next octets.</param>
    /// <param name="between">From one segment to the next.</param>
    private static void Flights(
        Talk talk, double at, int[] flights, double reaction = 0.1, double between = 0.01, ushort window = 65535, bool isLossy = false)
    {
        var octets = flights.Sum() * Segment;
        var head = $"HTTP/1.1 200 OK\r\nContent-Length: {octets - 43}\r\n\r\n";
        var payload = head.PadRight(octets, 'x');
        talk.Send(Side.Client, at, TcpFlags.Ack | TcpFlags.Psh, "GET /download HTTP/1.1\r\nHost: app\r\n\r\n", window: window);
        at += 1;
        foreach (var flight in flights)
        {
            for (var segment = 0; segment < flight; segment++, at += between)
            {
                talk.Send(Side.Server, at, TcpFlags.Ack, payload[..Segment]);
                payload = payload[Segment..];
            }

            if (isLossy)
            {
                talk.Again(Side.Server, new string('x', Segment), at);
                isLossy = false;
            }

            at = at - between + (between > 1 ? 0.5 : RoundTrip);
            talk.Send(Side.Client, at, TcpFlags.Ack, "", window: window);
            at += reaction;
        }
    }
}
