using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings;

/// <summary>
/// The last probes and timed retransmissions of a connection: with an end that is not heard any more, those are all that
/// passes.
/// </summary>
/// <remarks>
/// More than any system makes before it gives up: Linux repeats data fifteen times (tcp_retries2) and probes nine
/// (tcp_keepalive_probes). Of more the first are forgotten.
/// </remarks>
internal sealed class LastCalls
{
    private const int Most = 32;

    private readonly Queue<TcpRemark> _calls = new(4);

    public void Add(in TcpRemark call)
    {
        if (_calls.Count == Most)
        {
            _calls.Dequeue();
        }

        _calls.Enqueue(call);
    }

    /// <summary>The last ones by one end.</summary>
    public IReadOnlyList<TcpRemark> Last(int count, Side caller) => [.. _calls.Where(call => call.Sender == caller).TakeLast(count)];

    /// <summary>Those after the packet, by one end.</summary>
    public IReadOnlyList<TcpRemark> Since(PacketRef heard, Side caller) =>
        [.. _calls.Where(call => call.Sender == caller && call.Packet.Number > heard.Number)];
}
