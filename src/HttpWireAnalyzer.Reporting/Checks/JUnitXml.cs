using System.Globalization;
using System.Text;
using System.Xml;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>JUnit's XML as CI servers read it: a suite for each capture before a spec, a case for each assertion.</summary>
public static class JUnitXml
{
    /// <param name="version">hwa and its version.</param>
    /// <remarks>JUnit knows no warnings: what failed and fails no run passes, with what happened as its output.</remarks>
    public static void Write(Stream output, IReadOnlyList<CheckedCapture> captures, string version, FailurePolicy policy)
    {
        using var xml = XmlWriter.Create(output, new XmlWriterSettings
        {
            Indent = true,
            IndentChars = "  ",
            NewLineChars = "\n",
            Encoding = new UTF8Encoding(false),
            CloseOutput = false,
        });
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "hwa check");
        foreach (var capture in captures)
        {
            WriteSuite(xml, capture, version, policy);
        }

        xml.WriteEndElement();
    }

    private static void WriteSuite(XmlWriter xml, CheckedCapture capture, string version, FailurePolicy policy)
    {
        var open = capture.Verdicts.Count(policy.IsOpen);
        var unreadable = capture.Unreadable is null ? 0 : 1;
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", PrintableText.OfMessage($"{capture.SpecPath}::{capture.Path}"));
        Number(xml, "tests", capture.Verdicts.Count + unreadable);
        Number(xml, "failures", capture.Verdicts.Count(policy.Fails));
        Number(xml, "errors", unreadable + open);
        Number(xml, "skipped", capture.Count(Outcome.Inconclusive) - open);
        Number(xml, "time", 0);
        xml.WriteStartElement("properties");
        Property(xml, "spec.name", capture.Spec.Name);
        Property(xml, "capture.sha256", capture.Sha256);
        Property(xml, "tool.version", version);
        Property(xml, "profile", capture.Spec.Ports.Name);
        xml.WriteEndElement();
        if (capture.Unreadable is { } problem)
        {
            Begin(xml, capture, "the capture can be read");
            Problem(xml, "error", "unreadable", PrintableText.OfMessage(problem), []);
            xml.WriteEndElement();
        }

        foreach (var verdict in capture.Verdicts)
        {
            Begin(xml, capture, verdict.Assertion.Id);
            WriteOutcome(xml, capture, verdict, policy);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteOutcome(XmlWriter xml, CheckedCapture capture, Verdict verdict, FailurePolicy policy)
    {
        switch (verdict.Outcome)
        {
            case Outcome.Failed when policy.Warns(verdict):
                string[] lines = [$"{VerdictText.WordOf(verdict.Assertion.Severity)}: {VerdictText.Summary(verdict)}", .. CheckText.Evidence(capture, verdict)];
                xml.WriteElementString("system-out", string.Join('\n', lines));
                break;
            case Outcome.Failed:
                Problem(xml, "failure", TypeOf(verdict), VerdictText.Summary(verdict), CheckText.Evidence(capture, verdict));
                break;
            case Outcome.Inconclusive when !policy.IsOpen(verdict):
                xml.WriteStartElement("skipped");
                xml.WriteAttributeString("message", VerdictText.Summary(verdict));
                xml.WriteEndElement();
                break;
            case Outcome.Inconclusive:
                Problem(xml, "error", "inconclusive", VerdictText.Summary(verdict), CheckText.Evidence(capture, verdict));
                break;
        }
    }

    /// <summary>The rule that found something, or the assertion.</summary>
    private static string TypeOf(Verdict verdict) => verdict.Assertion is FindingsAssertion && verdict.Examples.Count > 0
        ? verdict.Examples[0].Place.Finding!.Rule.Id
        : verdict.Assertion.Id;

    private static void Begin(XmlWriter xml, CheckedCapture capture, string name)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", PrintableText.OfMessage(capture.SpecPath));
        xml.WriteAttributeString("name", PrintableText.Of(name));
        Number(xml, "time", 0);
    }

    private static void Problem(XmlWriter xml, string element, string type, string message, IEnumerable<string> evidence)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("type", PrintableText.Of(type));
        xml.WriteAttributeString("message", message);
        var lines = string.Join('\n', evidence);
        if (lines.Length > 0)
        {
            // XmlWriter parts "]]>" between two sections itself.
            xml.WriteCData(lines);
        }

        xml.WriteEndElement();
    }

    private static void Property(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("value", PrintableText.Of(value));
            xml.WriteEndElement();
        }
    }

    private static void Number(XmlWriter xml, string name, int value) =>
        xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
}
