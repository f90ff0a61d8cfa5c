using System.Globalization;

namespace HttpWireAnalyzer.Wire.Ip;

/// <summary>An address and a TCP port.</summary>
public readonly record struct Endpoint(Address Address, ushort Port)
{
    public override string ToString() => Address.IsIpv4
        ? string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}");
}
