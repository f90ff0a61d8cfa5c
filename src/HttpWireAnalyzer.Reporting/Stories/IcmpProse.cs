using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Wire.Tcp;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>What ICMP says of a connection's segments.</summary>
internal sealed class IcmpProse(Language language)
{
    public string Line(IcmpReported report) =>
        $"ICMP: {What(report)}  {language.Say("from ", "보낸 곳: ")}{Who(report)}";

    public string Who(IcmpReported report) => report.Reporter?.ToString() ?? language.Say("a router or host", "라우터 또는 호스트");

    /// <summary>RFC 4443 §3.1: of ICMPv6's codes, 5 and 6 say of 1 which policy it was.</summary>
    public string What(IcmpReported report) => report.Reason switch
    {
        { IsPacketTooBig: true } => language.Say("packet too large, and not to be fragmented", "패킷이 너무 크고 나눌 수 없음"),
        (false, IcmpReason.Unreachable4, 0) => language.Say("network unreachable", "네트워크에 닿을 수 없음"),
        (false, IcmpReason.Unreachable4, 1) => language.Say("host unreachable", "호스트에 닿을 수 없음"),
        (true, IcmpReason.Unreachable6, 0) => language.Say("no route to the destination", "목적지로 가는 경로가 없음"),
        (true, IcmpReason.Unreachable6, 3) => language.Say("address unreachable", "주소에 닿을 수 없음"),
        (false, IcmpReason.Unreachable4, 3) or (true, IcmpReason.Unreachable6, 4) =>
            language.Say("port unreachable", "포트에 닿을 수 없음"),
        (false, IcmpReason.Unreachable4, 9 or 10 or 13) or (true, IcmpReason.Unreachable6, 1 or 5 or 6) =>
            language.Say("administratively prohibited", "관리 정책으로 금지됨"),
        (false, IcmpReason.TimeExceeded4, 0) or (true, IcmpReason.TimeExceeded6, 0) =>
            language.Say("hop limit exceeded on the way", "경로에서 홉 제한을 넘음"),
        var other => $"type {other.Type} code {other.Code}",
    };
}
