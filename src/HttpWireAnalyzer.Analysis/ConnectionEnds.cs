using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Analysis;

/// <summary>The two ends of a connection, with their addresses as text. Good as long as the call that gives it.</summary>
public sealed class ConnectionEnds
{
    private readonly AddressTexts _texts;
    private Endpoint _client;
    private Endpoint _server;
    private string? _clientAddress;
    private string? _serverAddress;

    internal ConnectionEnds(AddressTexts texts) => _texts = texts;

    public Endpoint Client => _client;

    public Endpoint Server => _server;

    public string ClientAddress => _clientAddress ??= _texts.Of(_client.Address);

    public string ServerAddress => _serverAddress ??= _texts.Of(_server.Address);

    public Endpoint Of(Side side) => side == Side.Client ? _client : _server;

    public string AddressOf(Side side) => side == Side.Client ? ClientAddress : ServerAddress;

    /// <summary>From now on the ends of another connection.</summary>
    internal void Take(in Endpoint client, in Endpoint server)
    {
        if (_client.Address != client.Address)
        {
            _clientAddress = null;
        }

        if (_server.Address != server.Address)
        {
            _serverAddress = null;
        }

        _client = client;
        _server = server;
    }

    /// <summary>Those that stay as they are.</summary>
    public ConnectionEnds Copy() => (ConnectionEnds)MemberwiseClone();
}
