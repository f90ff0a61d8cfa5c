using HttpWireAnalyzer.Query;
using static HttpWireAnalyzer.Reporting.Checks.YamlText;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>A whole spec of a few claims, as hwa check reads it.</summary>
public static class ClaimSpec
{
    /// <param name="from">Where the claims come from, for a person to read.</param>
    public static string Of(string from, IEnumerable<SpecClaim> claims)
    {
        using var text = new StringWriter { NewLine = "\n" };
        text.WriteLine($"# From {PrintableText.Of(from)}");
        text.WriteLine("version: 1");
        text.WriteLine("assertions:");
        foreach (var claim in claims)
        {
            Write(text, claim);
        }

        return text.ToString();
    }

    private static void Write(TextWriter text, SpecClaim claim)
    {
        text.WriteLine($"  - id: {Quoted(claim.Id)}");
        switch (claim)
        {
            case RecordClaim records:
                text.WriteLine($"    select: {records.Select}");
                text.WriteLine($"    where: {Quoted(records.Where)}");
                text.WriteLine($"    {records.Quantifier}: {Quoted(records.Filter)}");
                break;
            case FindingClaim finding:
                text.WriteLine($"    findings: {{none: [{finding.Rule.Id}]}}");
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        text.WriteLine($"    because: {Quoted(claim.Because)}");
    }
}
