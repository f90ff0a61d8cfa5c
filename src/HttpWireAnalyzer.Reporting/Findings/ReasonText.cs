using System.Diagnostics;
using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Reporting.Findings;

/// <summary>Why most connections of a pool ended, as a clause.</summary>
internal static class ReasonText
{
    public static string Of(WhyClosed why, Language language) => language == Language.Korean ? Korean(why) : English(why);

    private static string English(WhyClosed why) => why switch
    {
        WhyClosed.ByClient => "most of them closed by the client, unannounced",
        WhyClosed.ByServer => "most of them closed by the server, unannounced",
        WhyClosed.CloseInRequest => "most of them because requests said Connection: close",
        WhyClosed.CloseInResponse => "most of them because responses said Connection: close",
        WhyClosed.Http10 => "most of them because HTTP/1.0 without keep-alive closes after each exchange",
        WhyClosed.MaxRequests => "most of them because Keep-Alive: max was used up",
        WhyClosed.CloseDelimited => "most of them because the body had no other end than the connection's",
        _ => throw new UnreachableException(),
    };

    private static string Korean(WhyClosed why) => why switch
    {
        WhyClosed.ByClient => "대부분 클라이언트가 예고 없이 닫았습니다",
        WhyClosed.ByServer => "대부분 서버가 예고 없이 닫았습니다",
        WhyClosed.CloseInRequest => "대부분 요청의 Connection: close 때문입니다",
        WhyClosed.CloseInResponse => "대부분 응답의 Connection: close 때문입니다",
        WhyClosed.Http10 => "대부분 keep-alive 없는 HTTP/1.0이어서 교환마다 닫혔습니다",
        WhyClosed.MaxRequests => "대부분 Keep-Alive: max를 다 썼기 때문입니다",
        WhyClosed.CloseDelimited => "대부분 본문의 끝이 연결의 끝이었기 때문입니다",
        _ => throw new UnreachableException(),
    };
}
