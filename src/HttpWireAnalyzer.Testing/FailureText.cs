using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Reporting.Checks;
using HttpWireAnalyzer.Reporting.Tables;

namespace HttpWireAnalyzer.Testing;

/// <summary>What did not pass, as hwa check writes it.</summary>
internal static class FailureText
{
    /// <param name="path">What commands are to open.</param>
    /// <param name="kept">Where the capture was copied to; empty where it was not.</param>
    public static string Of(Verdict verdict, EvidencePackets packets, string path, IReadOnlyList<string> kept)
    {
        using var text = new StringWriter { NewLine = "\n" };
        text.WriteLine(PrintableText.Of(path));
        new CheckText(text, TextStyle.Plain, FailurePolicy.Usual).Write(new CheckedCapture
        {
            SpecPath = "",
            Spec = new CheckSpec { Name = "", Assertions = [verdict.Assertion] },
            Path = path,
            Verdicts = [verdict],
            Packets = packets,
        }, verdict);
        foreach (var copy in kept)
        {
            text.WriteLine($"    kept as {PrintableText.Of(copy)}");
        }

        return text.ToString().TrimEnd('\n');
    }
}
