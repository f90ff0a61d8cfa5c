using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Http;

/// <summary>What all conversations share.</summary>
internal sealed class HttpStage(IExchangeSink sink, HttpLimits limits, ISuccession succession)
{
    public IExchangeSink Sink => sink;

    public HttpLimits Limits => limits;

    public ISuccession Succession => succession;

    public HeadCache Heads { get; } = new(limits);

    /// <summary>The requests of all connections that wait for their answers.</summary>
    public SlotArray<WaitingRequest> Waiting { get; } = new();

    /// <summary>The responses of all connections whose bodies go on.</summary>
    public SlotArray<ResponseUnderWay> UnderWay { get; } = new();
}
