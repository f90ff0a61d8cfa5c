using System.Diagnostics;
using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>Why connections of a pool ended, as a clause behind their number.</summary>
internal static class ReasonText
{
    public static string Of(WhyClosed why, Language language) => why switch
    {
        WhyClosed.ByClient => language.Say("closed by the client, unannounced", "클라이언트가 예고 없이 닫았습니다"),
        WhyClosed.ByServer => language.Say("closed by the server, unannounced", "서버가 예고 없이 닫았습니다"),
        WhyClosed.CloseInRequest => language.Say("because requests said Connection: close", "요청의 Connection: close 때문입니다"),
        WhyClosed.CloseInResponse => language.Say("because responses said Connection: close", "응답의 Connection: close 때문입니다"),
        WhyClosed.Http10 => language.Say("because HTTP/1.0 without keep-alive closes after each exchange", "keep-alive 없는 HTTP/1.0이어서 교환마다 닫혔습니다"),
        WhyClosed.MaxRequests => language.Say("because Keep-Alive: max was used up", "Keep-Alive: max를 다 썼기 때문입니다"),
        WhyClosed.CloseDelimited => language.Say("because the body had no other end than the connection's", "본문의 끝이 연결의 끝이었기 때문입니다"),
        _ => throw new UnreachableException(),
    };
}
