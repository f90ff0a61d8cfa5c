using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.Reporting.Checks;

/// <summary>Findings as records, in English: what a spec says must not depend on who runs it.</summary>
public sealed class FindingRecords : IFindingRecords
{
    public static readonly FindingRecords English = new();

    public FilterScope Scope => FindingFields.Scope;

    public void Write(Finding finding, FieldSink sink) => FindingFields.Write(finding, Language.English, sink);
}
