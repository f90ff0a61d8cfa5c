using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What ICMP says of a connection's segments (RFC 792, RFC 4443).</summary>
internal sealed class IcmpProse(Language language)
{
    private const int Ipv4Unreachable = 3;

    public string Line(IcmpReported report) =>
        $"ICMP: {What(report)}  {language.Say("from ", "보낸 곳: ")}{Who(report)}";

    public string Who(IcmpReported report) => report.Reporter?.ToString() ?? language.Say("a router or host", "라우터 또는 호스트");

    /// <summary>RFC 792 and RFC 1122 §3.2.2.1 name the codes; ICMPv6 numbers its types from 1 (RFC 4443 §3).</summary>
    public string What(IcmpReported report) => (report.Type, report.Code) switch
    {
        (Ipv4Unreachable, 0) => language.Say("network unreachable", "네트워크에 닿을 수 없음"),
        (Ipv4Unreachable, 1) => language.Say("host unreachable", "호스트에 닿을 수 없음"),
        (Ipv4Unreachable, 3) => language.Say("port unreachable", "포트에 닿을 수 없음"),
        (Ipv4Unreachable, 4) => language.Say("packet too large, and not to be fragmented", "패킷이 너무 크고 나눌 수 없음"),
        (Ipv4Unreachable, 9 or 10 or 13) => language.Say("administratively prohibited", "관리 정책으로 금지됨"),
        _ => $"type {report.Type} code {report.Code}",
    };
}
