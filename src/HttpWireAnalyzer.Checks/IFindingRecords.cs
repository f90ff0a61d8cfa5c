using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>The record of type "finding", which is written where texts are made.</summary>
public interface IFindingRecords
{
    FilterScope Scope { get; }

    void Write(Finding finding, FieldSink sink);
}
