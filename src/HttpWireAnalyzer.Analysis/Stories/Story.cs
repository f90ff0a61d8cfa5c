using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Stories;

/// <summary>
/// What happened on one connection: the course of it, line by line, and then the answers that everybody asks for.
/// Text, JSON and screen render the same values.
/// </summary>
/// <param name="Lines">In capture order; runs of ordinary exchanges are one line.</param>
/// <param name="Answers">
/// Always, in this order: who opened it, what was exchanged, the longest idle, who closed first and why, what was
/// lost or left, who holds TIME-WAIT. An answer that has nothing to say is left out only where it cannot apply.
/// </param>
/// <param name="Verdict">What went wrong; null where nothing did.</param>
/// <param name="LinesLeftOut">
/// Lines beyond <see cref="StoryCollector.MaxLines"/>, and control frames beyond <see cref="HttpLimits.ControlFrames"/>.
/// </param>
public sealed record Story(
    ConnectionRecord Connection,
    IReadOnlyList<StoryLine> Lines,
    IReadOnlyList<StorySentence> Answers,
    Verdict? Verdict,
    int LinesLeftOut);

/// <summary>One line of the course: an event, and the states of both ends after it.</summary>
/// <param name="Sender">Who sent the packet; null where it belongs to neither, or to both.</param>
public sealed record StoryLine(PacketRef At, Side? Sender, KnownState Client, KnownState Server, StorySentence Sentence);

/// <summary>A state and how sure it was at that moment.</summary>
/// <param name="Assumed">Nothing that the end sent shows it yet.</param>
public readonly record struct KnownState(TcpState State, bool Assumed);
