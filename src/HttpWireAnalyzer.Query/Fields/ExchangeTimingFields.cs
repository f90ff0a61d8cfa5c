using HttpWireAnalyzer.Analysis.Timing;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Query.Fields;

/// <summary>Where the time of an exchange went. All but the first two add up to its latency; what is 0 is absent.</summary>
internal sealed class ExchangeTimingFields(FieldSet set)
{
    private readonly Field _connect = set.Add("exchange.time.connect", Duration, "Before a first exchange: SYN to the end of the handshake; not part of the latency");
    private readonly Field _connectRetry = set.Add("exchange.time.connect_retry", Duration, "Of that, waiting to send a SYN or SYN-ACK again");
    private readonly Field _send = set.Add("exchange.time.send", Duration, "First octet of the request to its last, without stalls; this and what follows add up to exchange.latency, and are absent when 0");
    private readonly Field _queued = set.Add("exchange.time.queued", Duration, "Beyond the round trip of the path: the answer before it was still to come (pipelining)");
    private readonly Field _network = set.Add("exchange.time.network", Duration, "Between request and response: from the tap to the server and back, as long as the handshake took");
    private readonly Field _think = set.Add("exchange.time.think", Duration, "The rest between request and response: the server's own");
    private readonly Field _transfer = set.Add("exchange.time.transfer", Duration, "First octet of the response to its last, without stalls");
    private readonly Field _timeout = set.Add("exchange.time.timeout", Duration, "Stall: silence before a retransmission timeout");
    private readonly Field _loss = set.Add("exchange.time.loss", Duration, "Stall: octets were missing, lost or overtaken");
    private readonly Field _zeroWindow = set.Add("exchange.time.zero_window", Duration, "Stall: a receive window was closed");
    private readonly Field _nagle = set.Add("exchange.time.nagle", Duration, "Stall: a sender waited for a delayed acknowledgment (Nagle's algorithm)");

    public void Write(in ExchangeTiming timing, FieldSink sink)
    {
        sink.DurationIfKnown(_connect, timing.Connect);
        IfAny(_connectRetry, timing.ConnectRetry, sink);
        IfAny(_send, timing.Send, sink);
        IfAny(_queued, timing.Queued, sink);
        IfAny(_network, timing.Network, sink);
        IfAny(_think, timing.Think, sink);
        IfAny(_transfer, timing.Transfer, sink);
        IfAny(_timeout, timing.Timeout, sink);
        IfAny(_loss, timing.Loss, sink);
        IfAny(_zeroWindow, timing.ZeroWindow, sink);
        IfAny(_nagle, timing.AckWait, sink);
    }

    private static void IfAny(Field field, long time, FieldSink sink)
    {
        if (time > 0)
        {
            sink.Duration(field, time);
        }
    }
}
