namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>The two addresses of a packet, or of a connection.</summary>
public readonly record struct AddressPair(Address First, Address Second)
{
    public bool AreIpv4 => First.IsIpv4 && Second.IsIpv4;
}
