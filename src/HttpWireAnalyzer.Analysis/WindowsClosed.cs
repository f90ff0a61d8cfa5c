using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Analysis;

/// <summary>Whose receive window is closed (RFC 9293 §3.8.6.1), by the remarks of a connection so far.</summary>
internal struct WindowsClosed
{
    private bool _client;
    private bool _server;

    public void Add(in TcpRemark remark)
    {
        if (remark.Kind is TcpRemarkKind.ZeroWindow or TcpRemarkKind.WindowReopened)
        {
            (remark.Sender == Side.Client ? ref _client : ref _server) = remark.Kind == TcpRemarkKind.ZeroWindow;
        }
    }

    public readonly bool Of(Side receiver) => receiver == Side.Client ? _client : _server;
}
