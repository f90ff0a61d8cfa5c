using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Reporting.Tables;

/// <summary>What is odd about messages, for a person.</summary>
public static class AnomalyText
{
    /// <summary>In the order of their bits.</summary>
    private static readonly (HttpAnomalies Kind, string Text)[] Korean =
    [
        (HttpAnomalies.LengthAndTransferEncoding, "Content-Length와 Transfer-Encoding이 함께 있음"),
        (HttpAnomalies.RepeatedContentLength, "되풀이된 Content-Length"),
        (HttpAnomalies.ConflictingContentLength, "서로 다른 Content-Length"),
        (HttpAnomalies.InvalidContentLength, "잘못된 Content-Length"),
        (HttpAnomalies.OddTransferEncoding, "이상한 Transfer-Encoding"),
        (HttpAnomalies.SpaceBeforeColon, "콜론 앞의 공백"),
        (HttpAnomalies.ObsoleteFolding, "접힌 필드 줄"),
        (HttpAnomalies.BareLineFeed, "LF만으로 끝난 줄"),
        (HttpAnomalies.BareCarriageReturn, "LF가 따르지 않는 CR"),
        (HttpAnomalies.ControlOctet, "제어 문자"),
        (HttpAnomalies.InvalidFieldLine, "잘못된 필드 줄"),
        (HttpAnomalies.InvalidStartLine, "잘못된 시작 줄"),
        (HttpAnomalies.LeadingEmptyLine, "시작 줄 앞의 빈 줄"),
        (HttpAnomalies.HostMissingOrRepeated, "Host가 없거나 되풀이됨"),
        (HttpAnomalies.HeadTooLong, "너무 긴 헤더"),
        (HttpAnomalies.InvalidChunkSize, "잘못된 청크 크기"),
        (HttpAnomalies.ChunkExtension, "청크 확장"),
        (HttpAnomalies.ChunkWithoutLineEnd, "줄 끝이 없는 청크"),
        (HttpAnomalies.UnsolicitedResponse, "요청 없는 응답"),
        (HttpAnomalies.Cruft, "어느 메시지에도 속하지 않는 데이터"),
        (HttpAnomalies.Resynchronised, "구멍 뒤에 다시 찾은 시작 줄"),
        (HttpAnomalies.BodyNotAllowed, "허용되지 않는 본문"),
        (HttpAnomalies.RequestAfterClose, "close 뒤의 요청"),
        (HttpAnomalies.NonIdempotentPipelined, "멱등이 아닌 요청의 파이프라인"),
        (HttpAnomalies.EarlyResponse, "요청이 끝나기 전의 응답"),
        (HttpAnomalies.InterimToHttp10, "HTTP/1.0 요청에 대한 1xx"),
        (HttpAnomalies.OddStatus, "이상한 상태 코드"),
        (HttpAnomalies.PipelineTooDeep, "너무 깊은 파이프라인"),
        (HttpAnomalies.TrailersTooLong, "너무 긴 트레일러"),
        (HttpAnomalies.InvalidFrame, "잘못된 프레임"),
        (HttpAnomalies.InvalidFieldBlock, "잘못된 필드 블록"),
        (HttpAnomalies.UnknownFields, "알 수 없는 필드"),
        (HttpAnomalies.FieldTableTooLarge, "너무 큰 필드 테이블"),
        (HttpAnomalies.ConnectionField, "HTTP/2의 연결 필드"),
        (HttpAnomalies.TooManyStreams, "너무 많은 스트림"),
        (HttpAnomalies.HttpAnswerToTls, "TLS에 대한 HTTP 응답"),
        (HttpAnomalies.TlsAnswerToHttp, "HTTP에 대한 TLS 응답"),
        (HttpAnomalies.ProxyHeader, "PROXY 프로토콜 헤더"),
        (HttpAnomalies.TransferEncodingInHttp10, "HTTP/1.0의 Transfer-Encoding"),
        (HttpAnomalies.Http2AnswerToHttp1, "HTTP/1에 대한 HTTP/2 응답"),
    ];

    public static IEnumerable<string> Of(HttpAnomalies anomalies, Language language) => language == Language.Korean
        ? Korean.Where(anomaly => (anomalies & anomaly.Kind) != 0).Select(anomaly => anomaly.Text)
        : Words.Anomalies(anomalies).Select(word => word.Text switch
        {
            "cruft" => "octets that belong to no message",
            "http2_answer_to_http1" => "answer in HTTP/2 to HTTP/1",
            "http_answer_to_tls" => "answer in HTTP to TLS",
            "proxy_header" => "header of the PROXY protocol",
            "tls_answer_to_http" => "answer in TLS to HTTP",
            _ => word.Text.Replace('_', ' '),
        });
}
