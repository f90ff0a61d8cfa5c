using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// Reads what a connection carries once both its streams have left HTTP/1. Holes come in their place; a stream whose
/// first octets were passed over before the switch was known begins later than <see cref="ProtocolSwitch"/> says.
/// </summary>
internal interface ISuccessor
{
    void Read(in StreamChunk chunk);

    void Skip(in StreamGap gap);

    /// <summary>Once for each side.</summary>
    void End(in StreamEnd end);

    /// <summary>Both streams have ended, and nothing more comes: it may serve another connection.</summary>
    /// <returns>What is to be told of it with the connection; null for nothing.</returns>
    SuccessorRecord? Close(in TcpSummary tcp);
}

/// <summary>Knows who reads which protocol.</summary>
internal interface ISuccession
{
    /// <summary>Null where nobody reads it: its octets are passed over.</summary>
    ISuccessor? Begin(in ProtocolSwitch change);
}
