using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Findings;

namespace HttpWireAnalyzer.Reporting;

/// <summary>Text in two languages.</summary>
/// <remarks>
/// What is said is decided once; then each sentence stands whole in both languages, for the order of their words differs.
/// A Korean particle goes by the last sound of the word before it, so none follows data here
/// (in findings <see cref="KoreanParticles"/> chooses). It may follow an end (클라이언트, 서버: 가, 는, 를), a request (요청: 이, 은, 을), with or without a packet in parentheses between them, and octets
/// (every unit is read as one that ends in a vowel: 가, 를).
/// </remarks>
internal static class Bilingual
{
    public static string Say(this Language language, string english, string korean) =>
        language == Language.Korean ? korean : english;
}
