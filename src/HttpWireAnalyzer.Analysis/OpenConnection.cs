using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Analysis;

/// <summary>What is kept of a connection that has not closed, for its record. Fields, because they change in place.</summary>
internal struct OpenConnection
{
    /// <summary>The ends, as known when it opened. (Two endpoints would take twelve octets more.)</summary>
    private Address _clientAddress;
    private Address _serverAddress;
    private ushort _clientPort;
    private ushort _serverPort;

    public uint RemarkKinds;
    public int Gaps;

    /// <summary>But for those inside a tunnel.</summary>
    public int Requests;

    public CloseWatch Watch;
    public ExchangeClock Clock;

    public readonly Endpoint Client => new(_clientAddress, _clientPort);

    public readonly Endpoint Server => new(_serverAddress, _serverPort);

    /// <summary>Of an empty one.</summary>
    public void Open(in Endpoint client, in Endpoint server)
    {
        _clientAddress = client.Address;
        _clientPort = client.Port;
        _serverAddress = server.Address;
        _serverPort = server.Port;
    }
}
