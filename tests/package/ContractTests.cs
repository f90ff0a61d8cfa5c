using HttpWireAnalyzer.Testing;
using HttpWireAnalyzer.Testing.Xunit;

namespace Contract;

/// <summary>Passes on one of its two captures, and fails on the other: as contract.hwa.yaml does.</summary>
public sealed class ContractTests
{
    [WireFact("captures/pair/*.pcapng")]
    public void Connections_are_kept(WireCapture capture) => capture.Connections
        .Because("a connection for each request runs out of ports")
        .ShouldAll("conn.reuse >= 50%");
}
