using System.Diagnostics;
using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>Why connections of a pool ended, as a clause behind their number.</summary>
internal static class ReasonText
{
    public static string Of(WhyClosed why, Language language) => language == Language.Korean ? Korean(why) : English(why);

    private static string English(WhyClosed why) => why switch
    {
        WhyClosed.ByClient => "closed by the client, unannounced",
        WhyClosed.ByServer => "closed by the server, unannounced",
        WhyClosed.CloseInRequest => "because requests said Connection: close",
        WhyClosed.CloseInResponse => "because responses said Connection: close",
        WhyClosed.Http10 => "because HTTP/1.0 without keep-alive closes after each exchange",
        WhyClosed.MaxRequests => "because Keep-Alive: max was used up",
        WhyClosed.CloseDelimited => "because the body had no other end than the connection's",
        _ => throw new UnreachableException(),
    };

    private static string Korean(WhyClosed why) => why switch
    {
        WhyClosed.ByClient => "클라이언트가 예고 없이 닫았습니다",
        WhyClosed.ByServer => "서버가 예고 없이 닫았습니다",
        WhyClosed.CloseInRequest => "요청의 Connection: close 때문입니다",
        WhyClosed.CloseInResponse => "응답의 Connection: close 때문입니다",
        WhyClosed.Http10 => "keep-alive 없는 HTTP/1.0이어서 교환마다 닫혔습니다",
        WhyClosed.MaxRequests => "Keep-Alive: max를 다 썼기 때문입니다",
        WhyClosed.CloseDelimited => "본문의 끝이 연결의 끝이었기 때문입니다",
        _ => throw new UnreachableException(),
    };
}
