using System.Diagnostics;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>What came after an exchange: what became of its connection, or why the exchange has no end. In English as a filter takes it.</summary>
public static class AfterExchange
{
    public static string Of(ExchangeEnd end, PersistenceVerdict verdict, Language language) => end switch
    {
        ExchangeEnd.Complete or ExchangeEnd.CompleteByClose => Of(verdict, language),
        _ => language.Say(Words.ExchangeEnds[(int)end].Text.Replace('_', ' '), Korean(end)),
    };

    public static string Of(PersistenceVerdict verdict, Language language) => language.Say(Words.Verdicts[(int)verdict].Text, verdict switch
    {
        PersistenceVerdict.Persistent => "유지",
        PersistenceVerdict.Closes => "닫힘",
        PersistenceVerdict.Tunnel => "터널",
        PersistenceVerdict.Unknown => "알 수 없음",
        _ => throw new UnreachableException(),
    });

    private static string Korean(ExchangeEnd end) => end switch
    {
        ExchangeEnd.Complete or ExchangeEnd.CompleteByClose => "완료",
        ExchangeEnd.Switched => "프로토콜 전환",
        ExchangeEnd.RequestTruncated => "요청 끊김",
        ExchangeEnd.Unanswered => "응답 없음",
        ExchangeEnd.ResponseTruncated => "응답 끊김",
        ExchangeEnd.Unsolicited => "요청 없는 응답",
        ExchangeEnd.RequestNotCaptured => "요청 캡처 안 됨",
        ExchangeEnd.ResponseNotCaptured => "응답 캡처 안 됨",
        ExchangeEnd.InProgress => "진행 중",
        ExchangeEnd.Refused => "거부됨",
        ExchangeEnd.StreamReset => "스트림 리셋",
        ExchangeEnd.ResponseUnreadable => "읽을 수 없는 응답",
        _ => throw new UnreachableException(),
    };
}
