using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What stands over and under the lines of a story, wherever it is drawn.</summary>
public sealed class StoryHeadings(Language language)
{
    public string Seconds { get; } = language.Say("seconds", "초");

    /// <summary>Of the day, where no seconds are counted.</summary>
    public string Time { get; } = language.Say("time", "시각");

    public string Client { get; } = language.Say("client", "클라이언트");

    public string Frame { get; } = language.Say("frame", "패킷");

    public string Server { get; } = language.Say("server", "서버");

    public string What { get; } = language.Say("what", "무슨 일");

    /// <summary>What the sign behind a state means.</summary>
    public string Assumed { get; } = language.Say(
        "~ assumed: sent to that end, which has not shown yet that it arrived.",
        "~ 가정: 그쪽으로 보냈지만, 도착했음은 아직 나타나지 않았습니다.");

    public string LeftOut(int lines) => language.Say(
        $"{Quantity.Count(lines)} more lines are left out",
        $"{Quantity.Count(lines)}줄은 생략했습니다");
}
