using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Query.Fields;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>The records of type "verdict" and "counterexample".</summary>
public static class VerdictFields
{
    public static readonly FieldSet Set = new("verdict");

    /// <summary>They follow their verdict.</summary>
    public static readonly FieldSet ExampleSet = new("counterexample");

    private static readonly Word[] Outcomes = Words.Of<Outcome>();
    private static readonly Word[] Reasons = Words.Of<VerdictReason>();

    private static readonly Field Spec = Set.Add("check.spec", Text, "The spec's file, as given");
    private static readonly Field Line = Set.Add("check.line", Number, "The line of it where the assertion begins");
    private static readonly Field Capture = Set.Add("check.capture", Text, "The capture's file; - is standard input");
    private static readonly Field Id = Set.Add("check.id", Text, "The assertion");
    private static readonly Field SeverityField = Set.AddOrdered("check.severity", Words.Severities, "As the spec says: info < note < warning < error");
    private static readonly Field OutcomeField = Set.Add("check.outcome", Outcomes, "passed, failed, inconclusive");
    private static readonly Field Reason = Set.Add("check.reason", Reasons, "Why it is that");
    private static readonly Field Selected = Set.Add("check.selected", Number, "Records that it selected; connections, where it is about findings");
    private static readonly Field Fitting = Set.Add("check.fitting", Number, "How many of them do what is claimed; findings that are too much");
    private static readonly Field Measured = Set.Add("check.measured", FieldKind.List, "Aggregates as name=value, for people; absent without any");
    private static readonly Field Says = Set.Add("check.text", Text, "The same in words; not stable");
    private static readonly Field Because = Set.Add("check.because", Text, "Why it was claimed; absent where the spec does not say");

    private static readonly Field ExampleId = ExampleSet.Add("check.id", Text, "The assertion that it breaks");
    private static readonly Field Connection = ExampleSet.Add("conn.id", Number, "The connection; absent where it is about none");
    private static readonly Field Exchange = ExampleSet.Add("exchange.ordinal", Number, "The exchange on it; absent where it is about none");
    private static readonly Field ClientAddress = ExampleSet.Add("client.address", FieldKind.Address, "The client");
    private static readonly Field ClientPort = ExampleSet.Add("client.port", Number, "TCP port; absent of pools, ports and findings");
    private static readonly Field ServerAddress = ExampleSet.Add("server.address", FieldKind.Address, "The server");
    private static readonly Field ServerPort = ExampleSet.Add("server.port", Number, "TCP port");
    private static readonly Field Frames = ExampleSet.Add("check.frames", Numbers, "The packets that show it");
    private static readonly Field FindingId = ExampleSet.Add("finding.id", Text, "The rule, where it is a finding");
    private static readonly Field Print = ExampleSet.Add("finding.fingerprint", Text, "As hwa findings tells it");
    private static readonly Field Values = ExampleSet.Add("check.text", Text, "What was measured, and what was claimed; not stable");

    public static void Write(CheckedCapture capture, Verdict verdict, FieldSink sink)
    {
        sink.Text(Spec, capture.SpecPath);
        sink.Number(Line, verdict.Assertion.Line);
        sink.Text(Capture, capture.Path);
        sink.Text(Id, verdict.Assertion.Id);
        sink.Word(SeverityField, Words.Severities[(int)verdict.Assertion.Severity]);
        sink.Word(OutcomeField, Outcomes[(int)verdict.Outcome]);
        sink.Word(Reason, Reasons[(int)verdict.Reason]);
        sink.Number(Selected, verdict.Selected);
        sink.Number(Fitting, verdict.Fitting);
        if (verdict.Aggregates.Count > 0)
        {
            sink.Texts(Measured, [.. verdict.Aggregates.Select(one => $"{one.Aggregate.Name}={VerdictText.Of(one.Aggregate, one.Value)}")]);
        }

        sink.Text(Says, VerdictText.Summary(verdict));
        sink.TextIfAny(Because, verdict.Assertion.Because);
    }

    public static void Write(Verdict verdict, Counterexample example, FieldSink sink)
    {
        var place = example.Place;
        sink.Text(ExampleId, verdict.Assertion.Id);
        sink.NumberIfKnown(Connection, place.Connection);
        sink.NumberIfKnown(Exchange, place.Exchange);
        if (place.Server != default)
        {
            sink.Address(ClientAddress, place.Client.Address);
            sink.NumberIfAny(ClientPort, place.Client.Port);
            sink.Address(ServerAddress, place.Server.Address);
            sink.Number(ServerPort, place.Server.Port);
        }

        sink.Numbers(Frames, [.. VerdictText.FramesOf(place).Select(packet => packet.Number)]);
        if (place.Finding is { } finding)
        {
            sink.Text(FindingId, finding.Rule.Id);
            sink.Text(Print, Reporting.Findings.Fingerprint.Of(finding));
        }

        sink.Text(Values, VerdictText.Of(verdict, example));
    }
}
