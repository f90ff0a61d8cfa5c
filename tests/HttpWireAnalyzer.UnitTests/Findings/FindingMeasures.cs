using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.UnitTests.Findings;

/// <summary>What a finding measured, by name; a finding without it, or with two of it, fails the test.</summary>
internal static class FindingMeasures
{
    public static long ValueOf(this Finding finding, string name) => Of(finding, name).Value;

    public static string? TextOf(this Finding finding, string name) => Of(finding, name).Text;

    private static Measure Of(Finding finding, string name) => finding.Measured.Single(measure => measure.Name == name);
}
