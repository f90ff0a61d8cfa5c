using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Analysis;

/// <summary>What is kept of a connection that has not closed, for its record. Fields, because they change in place.</summary>
internal struct OpenConnection
{
    /// <summary>As known when it opened.</summary>
    public Endpoint Client;
    public Endpoint Server;

    public CloseWatch Watch;
    public ExchangeClock Clock;
    public int Gaps;

    /// <summary>But for those inside a tunnel.</summary>
    public int Requests;

    public uint RemarkKinds;
}
