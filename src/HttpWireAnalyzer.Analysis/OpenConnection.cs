using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Wire.Ip;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Analysis;

/// <summary>What is kept of a connection that has not closed, for its record. Fields, because they change in place.</summary>
internal struct OpenConnection
{
    /// <summary>The upper bit says so; the lower ones count.</summary>
    private const uint Wide = 1u << 31;

    /// <summary>The ends of IPv4, as known when it opened: <see cref="TupleKey"/> in twelve octets.</summary>
    private ulong _addresses;
    private uint _ports;

    public uint RemarkKinds;
    public int Gaps;

    private uint _requestsAndWide;

    public CloseWatch Watch;
    public ExchangeClock Clock;

    /// <summary>Its ends are not both IPv4: they stand beside.</summary>
    public readonly bool IsWide => (_requestsAndWide & Wide) != 0;

    /// <summary>But for those inside a tunnel.</summary>
    public readonly int Requests => (int)(_requestsAndWide & ~Wide);

    public void CountRequest() => _requestsAndWide += Requests < int.MaxValue ? 1u : 0;

    /// <summary>Of IPv4.</summary>
    public readonly Endpoint Client => Key.FirstIpv4;

    public readonly Endpoint Server => Key.SecondIpv4;

    private readonly TupleKey Key => new(_addresses, _ports, isWide: false);

    public void Open(in TupleKey key)
    {
        _addresses = key.Addresses;
        _ports = key.Ports;
        _requestsAndWide = key.IsWide ? Wide : 0;
    }
}
