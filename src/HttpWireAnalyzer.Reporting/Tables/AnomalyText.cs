using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>What is odd about messages, for a person.</summary>
public static class AnomalyText
{
    public static IEnumerable<string> Of(HttpAnomalies anomalies) => Words.Anomalies(anomalies)
        .Select(word => word.Text == "cruft" ? "octets that belong to no message" : word.Text.Replace('_', ' '));
}
