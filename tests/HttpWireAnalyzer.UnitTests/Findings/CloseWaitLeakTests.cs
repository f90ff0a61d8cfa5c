using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>HWA-T007.</summary>
public sealed class CloseWaitLeakTests
{
    private const string Rule = "HWA-T007";
    private const double Minute = 60_000;

    [Fact]
    public void An_end_that_never_closes_is_named()
    {
        var scene = Leaking();
        scene.Talk().Handshake(Minute + 5000);
        var finding = scene.Finding(Rule);
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.Equal(0, finding.Subject.Connection);
        Assert.Equal([7L, 8], finding.Frames.Select(frame => frame.Number));
        Assert.Equal((long)Side.Server, finding.ValueOf("leaker"));
    }

    [Fact]
    public void The_client_can_be_the_guilty_one()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Ack(Side.Client, 1040);
        scene.Talk().Handshake(2 * Minute);
        Assert.Equal((long)Side.Client, scene.Finding(Rule).ValueOf("leaker"));
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(2, true)]
    public void Who_was_not_heard_to_send_octets_may_have_closed_before_the_capture(double minutes, bool isTold)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0);
        scene.Talk().Fin(Side.Server, minutes * Minute).Ack(Side.Client, (minutes * Minute) + 0.1);
        scene.Talk().Handshake((minutes + 2) * Minute);
        Assert.Equal(isTold ? [Confidence.Possible] : [], scene.Findings(Rule).Select(finding => finding.Confidence));
    }

    [Fact]
    public void A_capture_that_ends_sooner_does_not_tell()
    {
        var scene = Leaking();
        scene.Talk().Handshake(Minute);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Captures_of_different_times_in_one_file_do_not_tell()
    {
        var scene = Leaking();
        scene.Talk().Handshake(60 * 24 * 60 * Minute);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void An_end_that_closes_late_has_closed()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000).Ack(Side.Server, 1040).Fin(Side.Server, 2 * Minute).Ack(Side.Client, (2 * Minute) + 1);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void An_end_that_still_owes_an_answer_may_be_at_work()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1).Fin(Side.Client, 2).Ack(Side.Server, 40);
        scene.Talk().Handshake(2 * Minute);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void An_end_that_still_sends_uses_the_half_close()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000).Ack(Side.Server, 1040)
            .Send(Side.Server, Minute, TcpFlags.Ack, "more").Ack(Side.Client, Minute + 1);
        scene.Talk().Handshake(Minute + 5000);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_reset_by_the_end_that_did_not_close_ends_it()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000).Ack(Side.Server, 1040).Rst(Side.Server, 30_000);
        scene.Talk().Handshake(2 * Minute);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_FIN_that_was_not_acknowledged_may_not_have_arrived()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000);
        scene.Talk().Handshake(2 * Minute);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_late_write_that_meets_nobody_shows_it_too()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000).Ack(Side.Server, 1040)
            .Send(Side.Server, 5000, TcpFlags.Ack | TcpFlags.Psh, "late").Rst(Side.Client, 5000.1, TcpFlags.Rst);
        Assert.Equal([7L, 8, 9, 10], scene.Finding(Rule).Frames.Select(frame => frame.Number));
    }

    [Fact]
    public void So_does_a_late_FIN_that_meets_nobody()
    {
        var scene = new Scene();
        for (var at = 0; at < 4000; at += 1000)
        {
            scene.Talk().Handshake(at).Exchange(at + 1).Fin(Side.Server, at + 10).Ack(Side.Client, at + 50)
                .Fin(Side.Client, at + (1.25 * Minute)).Rst(Side.Server, at + (1.25 * Minute) + 0.1, TcpFlags.Rst);
        }

        var finding = scene.Finding(Rule);
        Assert.Equal((Severity.Error, (long)Side.Client, 4L), (finding.Severity, finding.ValueOf("leaker"), finding.ValueOf("leaks")));
        Assert.Equal([7L, 8], finding.Frames.Take(2).Select(frame => frame.Number));
    }

    [Fact]
    public void A_FIN_that_meets_nobody_is_none_where_it_is_not_late()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 1000).Ack(Side.Client, 1040)
            .Fin(Side.Client, 30_000).Rst(Side.Server, 30_000.1, TcpFlags.Rst);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_late_request_is_one_of_a_client_that_had_nothing_to_do()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Server, 10).Ack(Side.Client, 50)
            .Request(1300).Rst(Side.Server, 1300.1, TcpFlags.Rst);
        scene.Finding("HWA-K002");
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void A_write_soon_after_the_FIN_is_a_matter_of_timing()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000).Ack(Side.Server, 1040)
            .Send(Side.Server, 1500, TcpFlags.Ack | TcpFlags.Psh, "late").Rst(Side.Client, 1500.1, TcpFlags.Rst);
        scene.IsQuietOn(Rule);
    }

    [Fact]
    public void Leaks_of_a_pool_are_one_finding_and_many_are_an_error()
    {
        var scene = new Scene();
        for (var connection = 0; connection < 3; connection++)
        {
            scene.Talk().Handshake(connection * 10).Exchange((connection * 10) + 1)
                .Fin(Side.Client, 1000 + connection).Ack(Side.Server, 1040 + connection);
        }

        scene.Talk().Handshake(2 * Minute);
        var finding = scene.Finding(Rule);
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Equal("10.0.0.7 → 10.0.0.1:8080", finding.Subject.Pool.ToString());
        Assert.Equal(3, finding.ValueOf("leaks"));
    }

    private static Scene Leaking()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Fin(Side.Client, 1000).Ack(Side.Server, 1040);
        return scene;
    }
}
