using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>A story as JSON lines: the connection, its course, the verdict where there is one, the answers.</summary>
public static class StoryJson
{
    public static void Write(Story story, JsonLines lines)
    {
        lines.Begin(ConnectionFields.Set);
        ConnectionFields.Write(story.Connection, lines);
        lines.End();
        foreach (var line in story.Lines)
        {
            lines.Begin(StoryFields.LineSet);
            StoryFields.Write(story.Connection.Number, line, lines);
            lines.End();
        }

        foreach (var answer in story.Verdict is null ? story.Answers : story.Answers.Prepend(story.Verdict))
        {
            lines.Begin(StoryFields.AnswerSet);
            StoryFields.Write(story, answer, lines);
            lines.End();
        }
    }
}
