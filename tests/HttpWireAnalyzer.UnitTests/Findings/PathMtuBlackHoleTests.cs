using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-D106.</summary>
public sealed class PathMtuBlackHoleTests
{
    private const string Rule = "HWA-D106";
    private const TcpFlags Data = TcpFlags.Ack | TcpFlags.Psh;
    private const int Full = 1460;

    [Fact]
    public void A_full_segment_that_never_arrives_while_short_ones_do()
    {
        var scene = new Scene();
        Stuck(scene.Talk().Handshake(0).Exchange(10)).Fin(Side.Client, 5000);
        var finding = scene.Finding(Rule);
        Assert.Equal((Severity.Error, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal((Full, 3), (finding.ValueOf("octets"), finding.ValueOf("timeouts")));
        Assert.InRange(finding.ValueOf("passed"), 1, 200);
        Assert.Equal((long)Side.Server, finding.ValueOf("sender"));
        Assert.True(finding.Guards.All(guard => guard.Passed));
    }

    [Fact]
    public void Where_only_the_handshake_has_passed_it_is_likely()
    {
        var scene = new Scene();
        Stuck(scene.Talk().Handshake(0)).Fin(Side.Client, 5000);
        Assert.Equal(Confidence.Likely, scene.Finding(Rule).Confidence);
    }

    [Fact]
    public void Octets_that_come_in_shorter_segments_prove_it()
    {
        var scene = new Scene();
        var talk = Stuck(scene.Talk().Handshake(0).Exchange(10));
        var start = talk.Next(Side.Server) - Full;
        talk.Send(Side.Server, 4000, Data, Payload()[..500], sequence: start)
            .Send(Side.Client, 4001, TcpFlags.Ack, "", acknowledges: start + 500).Fin(Side.Client, 5000);
        Assert.Contains("went on", scene.Finding(Rule).Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ICMP_error_that_the_sender_did_not_obey_is_told()
    {
        var scene = new Scene();
        Stuck(scene.Talk().Handshake(0).Exchange(10)).Icmp(1501, 3, 4).Fin(Side.Client, 5000);
        var finding = scene.Finding(Rule);
        Assert.Contains("{icmp}", finding.Says.English, StringComparison.Ordinal);
        Assert.Contains(finding.Guards, guard => !guard.Passed);
    }

    [Fact]
    public void A_copy_as_long_that_comes_through_was_lost()
    {
        var scene = new Scene();
        Stuck(scene.Talk().Handshake(0).Exchange(10)).Ack(Side.Client, 1502).Fin(Side.Client, 5000);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Where_others_as_long_have_passed_it_was_lost()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Request(10)
            .Send(Side.Server, 11, Data, Payload()).Ack(Side.Client, 12);
        Stuck(talk).Fin(Side.Client, 5000);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_segment_that_is_not_full_is_not_too_long()
    {
        var scene = new Scene();
        Stuck(scene.Talk().Handshake(0).Exchange(10), octets: 1000).Fin(Side.Client, 5000);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void An_end_that_is_not_heard_any_more_may_be_gone()
    {
        var scene = new Scene();
        Stuck(scene.Talk().Handshake(0).Exchange(10));
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Two_timeouts_are_bad_luck()
    {
        var scene = new Scene();
        var talk = scene.Talk().Handshake(0).Exchange(10).Request(100);
        talk.Send(Side.Server, 101, Data, Payload()).Again(Side.Server, Payload(), 302, 703).Send(
            Side.Client, 5000, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: talk.Next(Side.Server) - Full);
        scene.IsQuietOn(Rule);
    }

    /// <summary>A response's only segment, and its three copies: the client acknowledges none.</summary>
    private static StuckTalk Stuck(Talk talk, int octets = Full)
    {
        talk.Request(100).Send(Side.Server, 101, Data, Payload(octets)).Again(Side.Server, Payload(octets), 302, 703, 1504);
        return new StuckTalk(talk, octets);
    }

    private static string Payload(int octets = Full) =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {octets - 42}\r\n\r\n".PadRight(octets, 'x');

    /// <summary>What comes behind the copies; the client's FIN acknowledges nothing of them.</summary>
    private sealed class StuckTalk(Talk talk, int octets)
    {
        private bool _hasPassed;

        public uint Next(Side side) => talk.Next(side);

        public StuckTalk Ack(Side side, double at)
        {
            talk.Ack(side, at);
            _hasPassed = true;
            return this;
        }

        public StuckTalk Send(Side side, double at, TcpFlags flags, string payload, uint? sequence = null, uint? acknowledges = null)
        {
            talk.Send(side, at, flags, payload, sequence, acknowledges);
            return this;
        }

        public StuckTalk Icmp(double at, byte type, byte code)
        {
            talk.Icmp(at, type, code);
            return this;
        }

        public void Fin(Side side, double at) => talk.Send(
            side, at, TcpFlags.Fin | TcpFlags.Ack, "", acknowledges: _hasPassed ? null : talk.Next(Side.Server) - (uint)octets);
    }
}
