using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.UnitTests.Reporting;

/// <summary>Which particle follows data in Korean findings.</summary>
public sealed class KoreanParticlesTests
{
    [Theory]
    [InlineData("서버", "서버를 서버가 서버는 서버와 서버로")]
    [InlineData("요청", "요청을 요청이 요청은 요청과 요청으로")]
    [InlineData("파일", "파일을 파일이 파일은 파일과 파일로")]
    [InlineData("10.0.0.1:80", "10.0.0.1:80을 10.0.0.1:80이 10.0.0.1:80은 10.0.0.1:80과 10.0.0.1:80으로")]
    [InlineData("/items/2", "/items/2를 /items/2가 /items/2는 /items/2와 /items/2로")]
    [InlineData("/items/7", "/items/7을 /items/7이 /items/7은 /items/7과 /items/7로")]
    [InlineData("/cafe", "/cafe를 /cafe가 /cafe는 /cafe와 /cafe로")]
    [InlineData("/login", "/login을 /login이 /login은 /login과 /login으로")]
    [InlineData("/url", "/url을 /url이 /url은 /url과 /url로")]
    [InlineData("/file", "/file을 /file이 /file은 /file과 /file로")]
    [InlineData("83.2 %", "83.2 %를 83.2 %가 83.2 %는 83.2 %와 83.2 %로")]
    [InlineData("1.500 s", "1.500 s를 1.500 s가 1.500 s는 1.500 s와 1.500 s로")]
    [InlineData("2 h 05 min", "2 h 05 min을 2 h 05 min이 2 h 05 min은 2 h 05 min과 2 h 05 min으로")]
    [InlineData("서버(#12)", "서버(#12)를 서버(#12)가 서버(#12)는 서버(#12)와 서버(#12)로")]
    [InlineData("연결 3 (#7)", "연결 3 (#7)을 연결 3 (#7)이 연결 3 (#7)은 연결 3 (#7)과 연결 3 (#7)으로")]
    [InlineData("\"요청\"", "\"요청\"을 \"요청\"이 \"요청\"은 \"요청\"과 \"요청\"으로")]
    [InlineData("[::1]", "[::1]을 [::1]이 [::1]은 [::1]과 [::1]로")]
    public void It_goes_by_the_last_sound(string value, string expected) => Assert.Equal(expected, Said(value));

    [Theory]
    [InlineData("GET")]
    [InlineData("/proxy.d")]
    [InlineData("ő")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData(")")]
    public void Where_the_sound_is_not_known_both_stay(string value) =>
        Assert.Equal($"{value}을(를) {value}이(가) {value}은(는) {value}과(와) {value}(으)로", Said(value));

    [Fact]
    public void Data_is_not_touched() => Assert.Equal(
        "서버 을(를)은 끝", PhraseText.Of(new Phrase("", "서버 {value}은(는) 끝"), [Measure.Words("value", "을(를)")], Language.Korean));

    [Fact]
    public void English_has_none() => Assert.Equal(
        "2을(를)", PhraseText.Of(new Phrase("{value}을(를)", ""), [Measure.Words("value", "2")], Language.English));

    private static string Said(string value) => PhraseText.Of(
        new Phrase("", "{value}을(를) {value}이(가) {value}은(는) {value}과(와) {value}(으)로"), [Measure.Words("value", value)], Language.Korean);
}
