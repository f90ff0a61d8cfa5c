using HttpWireAnalyzer.Analysis.Stories;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What ICMP says of a connection's segments (RFC 792, RFC 4443), in English.</summary>
internal static class IcmpProse
{
    private const int Ipv4Unreachable = 3;

    public static string Line(IcmpReported report) =>
        $"ICMP: {What(report)}  from {Who(report)}";

    public static string Who(IcmpReported report) => report.Reporter?.ToString() ?? "a router or host";

    /// <summary>RFC 792 and RFC 1122 §3.2.2.1 name the codes; ICMPv6 numbers its types from 1 (RFC 4443 §3).</summary>
    public static string What(IcmpReported report) => (report.Type, report.Code) switch
    {
        (Ipv4Unreachable, 0) => "network unreachable",
        (Ipv4Unreachable, 1) => "host unreachable",
        (Ipv4Unreachable, 3) => "port unreachable",
        (Ipv4Unreachable, 4) => "packet too large, and not to be fragmented",
        (Ipv4Unreachable, 9 or 10 or 13) => "administratively prohibited",
        _ => $"type {report.Type} code {report.Code}",
    };
}
