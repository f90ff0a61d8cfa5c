using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>The L rules.</summary>
public sealed class PipelineRuleTests
{
    [Fact]
    public void Three_at_once_are_a_pipeline_of_three()
    {
        var finding = Three().Finding("HWA-L001");
        Assert.Equal((2L, 3L), (finding.ValueOf("count"), finding.ValueOf("deepest")));
    }

    [Fact]
    public void One_after_the_other_is_none()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Exchange(10).Close(20);
        foreach (var id in (string[])["HWA-L001", "HWA-L002", "HWA-L003", "HWA-L004", "HWA-L005"])
        {
            scene.IsQuietOn(id);
        }
    }

    [Theory]
    [InlineData("GET /a", "POST /pay", "POST")]
    [InlineData("POST /pay", "GET /a", "POST")]
    [InlineData("GET /a", "PUT /b", null)]
    public void What_may_not_be_repeated_does_not_belong_in_a_pipeline(string first, string second, string? named)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(10, first).Request(10.1, second).Response(12).Response(13).Close(20);
        Assert.Equal(named, scene.Findings("HWA-L002").SingleOrDefault()?.TextOf("method"));
    }

    [Fact]
    public void Before_the_first_response_nobody_knows_if_the_connection_persists()
    {
        Assert.Equal(Severity.Note, Three().Finding("HWA-L003").Severity);

        var known = new Scene();
        known.Talk().Handshake(0).Exchange(1).Request(10).Request(10.1).Response(12).Response(13).Close(20);
        known.IsQuietOn("HWA-L003");
    }

    [Fact]
    public void On_the_connection_of_a_retry_it_is_forbidden()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, "GET /a").Request(1.1, "GET /b").Rst(Side.Server, 2);
        scene.Talk().Handshake(10).Request(11, "GET /a").Request(11.1, "GET /b").Response(12).Response(13).Close(20);
        Assert.Equal(Severity.Warning, scene.Findings("HWA-L003").Single(finding => finding.Subject.Connection == 1).Severity);
    }

    [Fact]
    public void An_answer_that_follows_a_slow_one_at_once_was_blocked_by_it()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(10, "GET /slow").Request(10.1, "GET /fast").Response(510).Response(511).Close(520);
        var finding = scene.Finding("HWA-L004");
        Assert.Equal((Severity.Warning, Confidence.Certain), (finding.Severity, finding.Confidence));
        Assert.InRange(finding.ValueOf("blocked"), 499_000_000, 500_000_000);
    }

    [Fact]
    public void The_round_trip_of_the_path_is_no_waiting()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0, front: 20).Exchange(30, takes: 21).Request(60).Request(60.1).Response(81).Response(81.2).Close(120);
        scene.IsQuietOn("HWA-L004");
    }

    [Fact]
    public void One_that_took_its_own_time_is_a_bound_only()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(10, "GET /slow").Request(10.1, "GET /slow").Response(510).Response(1010).Close(1020);
        Assert.Equal(Confidence.Possible, scene.Finding("HWA-L004").Confidence);
    }

    [Fact]
    public void Of_many_that_waited_the_first_are_told_and_the_rest_are_counted()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(10, "GET /slow").Request(10.1, "GET /b").Request(10.2, "GET /c")
            .Response(510).Response(511).Response(512).Close(520);
        var report = scene.Report(limits: FindingLimits.Default with { FindingsOfRule = 1 });
        Assert.Equal((1, 1L), (report.Findings.Count(finding => finding.Rule.Id == "HWA-L004"), report.LeftOut));
    }

    [Fact]
    public void Short_waits_are_not_flagged()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(10).Request(10.1).Response(12).Response(13).Close(20);
        scene.IsQuietOn("HWA-L004");
    }

    [Theory]
    [InlineData("GET /b", Severity.Warning)]
    [InlineData("POST /b", Severity.Error)]
    public void A_pipeline_that_is_lost_says_what_may_be_repeated(string second, Severity expected)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(10, "GET /a").Request(10.1, second).Fin(Side.Server, 12).Ack(Side.Client, 12.1);
        Assert.Equal(expected, scene.Finding("HWA-L005").Severity);
    }

    [Theory]
    [InlineData("GET /b", Severity.Note)]
    [InlineData("POST /b", Severity.Error)]
    public void One_that_the_client_gave_up_is_a_note_if_all_of_it_may_be_repeated(string second, Severity expected)
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(10, "GET /a").Request(10.1, second).Ack(Side.Server, 10.2).Rst(Side.Client, 12);
        var finding = scene.Finding("HWA-L005");
        Assert.Equal(expected, finding.Severity);
        Assert.Contains("gave them up", finding.Says.English, StringComparison.Ordinal);
    }

    [Fact]
    public void One_request_that_is_lost_is_no_pipeline()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Exchange(1).Request(10, "GET /a").Fin(Side.Server, 12).Ack(Side.Client, 12.1);
        scene.IsQuietOn("HWA-L005");
    }

    private static Scene Three()
    {
        var scene = new Scene();
        scene.Talk().Handshake(0).Request(1, "GET /a").Request(1.1, "GET /b").Request(1.2, "GET /c")
            .Response(3).Response(4).Response(5).Close(10);
        return scene;
    }
}
