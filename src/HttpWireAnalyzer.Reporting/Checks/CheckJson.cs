namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>Verdicts as JSON lines, each followed by what breaks it.</summary>
public static class CheckJson
{
    public static void Write(JsonLines lines, CheckedCapture capture)
    {
        foreach (var verdict in capture.Verdicts)
        {
            lines.Begin(VerdictFields.Set);
            VerdictFields.Write(capture, verdict, lines);
            lines.End();
            foreach (var example in verdict.Examples)
            {
                lines.Begin(VerdictFields.ExampleSet);
                VerdictFields.Write(verdict, example, lines);
                lines.End();
            }
        }

        lines.Flush();
    }
}
