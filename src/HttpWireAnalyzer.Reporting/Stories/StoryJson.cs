using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>A story as JSON lines: the connection, its course, the verdict where there is one, the answers, the findings.</summary>
public static class StoryJson
{
    /// <param name="findings">Those about the connection.</param>
    public static void Write(Story story, IEnumerable<Finding> findings, Language language, JsonLines lines)
    {
        lines.Begin(ConnectionFields.Set);
        ConnectionFields.Write(story.Connection, lines);
        lines.End();
        foreach (var line in story.Lines)
        {
            lines.Begin(StoryFields.LineSet);
            StoryFields.Write(story.Connection.Number, line, language, lines);
            lines.End();
        }

        foreach (var answer in story.Verdict is null ? story.Answers : story.Answers.Prepend(story.Verdict))
        {
            lines.Begin(StoryFields.AnswerSet);
            StoryFields.Write(story, answer, language, lines);
            lines.End();
        }

        foreach (var finding in findings)
        {
            lines.Begin(FindingFields.Set);
            FindingFields.Write(finding, language, lines);
            lines.End();
        }
    }
}
