using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>The record of type "finding". Its texts are in the language that was asked for; the rest is the same in all.</summary>
public static class FindingFields
{
    public static readonly FieldSet Set = new("finding");

    /// <summary>What -Y of hwa findings speaks of: of a finding's connection too, where it is about one.</summary>
    public static readonly FilterScope Scope = new("findings", Set, ConnectionFields.Set, ExchangeFields.Set, PacketFields.Set);

    /// <summary>What is asked of findings alone.</summary>
    public static readonly FilterScope Own = new("findings", Set);

    private static readonly Dictionary<string, Word> Ids =
        RuleBook.Cards.ToDictionary(card => card.Id, card => new Word(card.Id, card.Id[RuleCard.RuleIdPrefix.Length..]));

    private static readonly Field Id = Set.Add("finding.id", [.. Ids.Values], "The rule: HWA-K001; a filter takes K001 too; hwa explain says what it means");
    private static readonly Field Title = Set.Add("finding.title", Text, "Its title");
    private static readonly Field SeverityField = Set.AddOrdered("finding.severity", Words.Severities, "How bad it is: info < note < warning < error");
    private static readonly Field ConfidenceField = Set.AddOrdered("finding.confidence", Words.Confidences, "How sure it is: possible < likely (one premise is inferred) < certain (every one was seen)");
    private static readonly Field Print = Set.Add("finding.fingerprint", Text, "The same when the same traffic is captured again: for --baseline");
    private static readonly Field Connection = Set.Add("conn.id", Number, "The connection that it is about; absent where it is about none");
    private static readonly Field Exchange = Set.Add("exchange.ordinal", Number, "The exchange on that connection; absent where it is about none");
    private static readonly Field Client = Set.Add("finding.client", FieldKind.Address, "Client of the pool that it is about; absent where it is about none");
    private static readonly Field Server = Set.Add("finding.server.address", FieldKind.Address, "Server of that pool");
    private static readonly Field Port = Set.Add("finding.server.port", Number, "Its TCP port");
    private static readonly Field Start = Set.Add("finding.start", Time, "The first packet that shows it");
    private static readonly Field End = Set.Add("finding.end", Time, "The last one");
    private static readonly Field Frames = Set.Add("finding.frames", Numbers, "The packets that show it, in capture order");
    private static readonly Field Measured = Set.Add("finding.measured", FieldKind.Measures, "What was measured, by name");
    private static readonly Field ThresholdMeasure = Set.Add("finding.threshold.measure", Text, "The measure that was held against a threshold; absent without one");
    private static readonly Field ThresholdLimit = Set.Add("finding.threshold.limit", FieldKind.Measures, "The threshold");
    private static readonly Field ThresholdSource = Set.Add("finding.threshold.source", Text, "The setting that it is, and where its usual value comes from");
    private static readonly Field Passed = Set.Add("finding.guards.passed", FieldKind.List, "What could have spoken against it, and did not");
    private static readonly Field Failed = Set.Add("finding.guards.failed", FieldKind.List, "What makes it less sure");
    private static readonly Field Says = Set.Add("finding.text", Text, "What happened, for people; not stable");
    private static readonly Field Advice = Set.Add("finding.advice", FieldKind.List, "What to do, for people; not stable");
    private static readonly Field References = Set.Add("finding.references", FieldKind.List, "Clauses and reports");

    public static void Write(Finding finding, Language language, FieldSink sink)
    {
        sink.Word(Id, Ids[finding.Rule.Id]);
        sink.Text(Title, finding.Rule.Title.In(language));
        sink.Word(SeverityField, Words.Severities[(int)finding.Severity]);
        sink.Word(ConfidenceField, Words.Confidences[(int)finding.Confidence]);
        if (sink.Wants(Print))
        {
            sink.Text(Print, Fingerprint.Of(finding));
        }

        WriteSubject(finding.Subject, sink);
        sink.Time(Start, finding.From.Time);
        sink.Time(End, finding.To.Time);
        sink.Numbers(Frames, [.. finding.Frames.Select(packet => packet.Number)]);
        sink.Measures(Measured, [.. finding.Measured]);
        if (finding.Threshold is { } threshold)
        {
            sink.Text(ThresholdMeasure, threshold.Measure);
            sink.Measures(ThresholdLimit, [threshold.Limit]);
            sink.Text(ThresholdSource, threshold.Source);
        }

        WriteGuards(Passed, finding, passed: true, language, sink);
        WriteGuards(Failed, finding, passed: false, language, sink);
        sink.Text(Says, PhraseText.Of(finding.Says, finding.Measured, language));
        if (finding.Advice.Count > 0)
        {
            sink.Texts(Advice, [.. finding.Advice.Select(advice => PhraseText.Of(advice, finding.Measured, language))]);
        }

        sink.Texts(References, [.. finding.Rule.References]);
    }

    private static void WriteSubject(FindingSubject subject, FieldSink sink)
    {
        sink.NumberIfKnown(Connection, subject.Connection);
        sink.NumberIfKnown(Exchange, subject.Exchange);
        if (subject.Pool is { } pool)
        {
            if (pool.Client != default)
            {
                sink.Address(Client, pool.Client);
            }

            sink.Address(Server, pool.Server.Address);
            sink.Number(Port, pool.Server.Port);
        }
    }

    private static void WriteGuards(Field field, Finding finding, bool passed, Language language, FieldSink sink)
    {
        var guards = finding.Guards.Where(guard => guard.Passed == passed).Select(guard => PhraseText.Of(guard.Name, finding.Measured, language)).ToArray();
        if (guards.Length > 0)
        {
            sink.Texts(field, guards);
        }
    }
}
