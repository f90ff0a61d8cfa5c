using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Reporting.Findings;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>A story for people: the course with both states beside each line, then the answers.</summary>
public sealed class StoryText(TextWriter output, TextStyle style, int width, Language language)
{
    private const int StateWidth = 12;
    private const string Between = "  ";
    private const int MinimumWidth = 60;

    private readonly int _width = int.Max(width, MinimumWidth);
    private readonly StoryEvents _events = new(language);
    private readonly StoryHeadings _headings = new(language);

    /// <param name="findings">Those about the connection.</param>
    public void Write(Story story, IEnumerable<Finding> findings)
    {
        var connection = story.Connection;
        var tcp = connection.Tcp;
        output.WriteLine(style.Bold($"{language.Say("connection", "연결")} {connection.Number}  {tcp.Client} → {tcp.Server}"));
        output.WriteLine(style.Dim($"{language.Say("first packet", "첫 패킷")} {Quantity.Time(tcp.First.Time)}" + (connection.Handshake.RoundTrip < 0
            ? ""
            : $", {language.Say("round trip", "왕복 시간")} {Quantity.Duration(connection.Handshake.RoundTrip)}")));
        output.WriteLine();
        var prose = new StoryProse(connection, language);
        if (story.Verdict is { } verdict)
        {
            foreach (var line in Wrapping.Words(prose.Of(verdict), _width))
            {
                output.WriteLine(style.Error(line));
            }

            output.WriteLine();
        }

        WriteCourse(story, tcp.First.Time);
        output.WriteLine();
        foreach (var answer in story.Answers)
        {
            WriteAnswer($"{prose.Of(answer)} {Frames(answer.Evidence)}");
        }

        WriteFindings([.. findings]);
        if (story.Lines.Any(line => line.Client.Assumed || line.Server.Assumed))
        {
            output.WriteLine();
            output.WriteLine(style.Dim(_headings.Assumed));
        }
    }

    /// <summary>As evidence is written after a sentence: (#401, #402); nothing without evidence.</summary>
    internal static string Frames(IReadOnlyList<PacketRef> evidence) => evidence.Count == 0
        ? ""
        : "(" + string.Join(", ", evidence.Select(packet => "#" + packet.Number.ToString(CultureInfo.InvariantCulture))) + ")";

    private static string State(in KnownState state)
    {
        var name = state.State switch
        {
            TcpState.Unknown => "?",
            TcpState.SynReceived => "SYN_RCVD",
            _ => Words.TcpStates[(int)state.State].Text,
        };
        return state.Assumed && state.State != TcpState.Unknown ? name + "~" : name;
    }

    private void WriteCourse(Story story, Timestamp origin)
    {
        // As narrow as the connection allows: what happened needs the room.
        var seconds = story.Lines.Select(line => Quantity.Seconds(line.At.Time.Since(origin)).Length).Append(GlyphWidth.Of(_headings.Seconds)).Max();
        var frame = story.Lines.Select(line => Frame(line).Length).Append(GlyphWidth.Of(_headings.Frame)).Max();
        var title = $"{GlyphWidth.Blanks(_headings.Seconds, seconds)}{_headings.Seconds}  {_headings.Client}{GlyphWidth.Blanks(_headings.Client, StateWidth)} "
            + $"{GlyphWidth.Blanks(_headings.Frame, frame)}{_headings.Frame}   {_headings.Server}{GlyphWidth.Blanks(_headings.Server, StateWidth)}  {_headings.What}";
        output.WriteLine(style.Bold(title));
        foreach (var line in story.Lines)
        {
            WriteLine(line, $"{Quantity.Seconds(line.At.Time.Since(origin)).PadLeft(seconds)}  "
                + $"{State(line.Client),-StateWidth} {Frame(line).PadLeft(frame)} {Arrow(line)} {State(line.Server),-StateWidth}  ");
        }

        if (story.LinesLeftOut > 0)
        {
            output.WriteLine($"{"…".PadLeft(seconds)}  {_headings.LeftOut(story.LinesLeftOut)}");
        }
    }

    private static string Frame(StoryLine line) => "#" + line.At.Number.ToString(CultureInfo.InvariantCulture);

    private static char Arrow(StoryLine line) => line.Sender switch
    {
        Side.Client => '▶',
        Side.Server => '◀',
        null when line.Sentence is IcmpReported report => report.Toward == Side.Client ? '◀' : '▶',
        _ => ' ',
    };

    /// <summary>What does not fit goes on below itself, broken between two things said.</summary>
    private void WriteLine(StoryLine line, string before)
    {
        foreach (var part in Wrapping.At(Between, _events.Of(line.Sentence), _width - before.Length))
        {
            output.WriteLine((before + Coloured(line.Sentence, part)).TrimEnd());
            before = new string(' ', before.Length);
        }
    }

    private string Coloured(StorySentence sentence, string text) => StoryEmphases.Of(sentence) switch
    {
        StoryEmphasis.Reset => style.Error(text),
        StoryEmphasis.Fin => style.Bold(text),
        StoryEmphasis.Warning => style.Warning(text),
        StoryEmphasis.Aside => style.Dim(text),
        StoryEmphasis.None => text,
        _ => throw new UnreachableException(),
    };

    private void WriteAnswer(string text)
    {
        var bullet = "• ";
        foreach (var line in Wrapping.Words(text, _width - bullet.Length))
        {
            output.WriteLine(bullet + line);
            bullet = "  ";
        }
    }

    /// <summary>The rules that have something to say of it: the story has said what, they say what it is called and how to mend it.</summary>
    private void WriteFindings(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        output.WriteLine();
        foreach (var ofRule in findings.GroupBy(finding => (finding.Severity, finding.Rule.Id)))
        {
            var first = ofRule.First();
            var text = $"{SeverityText.Glyph(first.Severity)} {first.Rule.Id}  {first.Rule.Title.In(language)}";
            output.WriteLine(first.Severity switch
            {
                Severity.Error => style.Error(text),
                Severity.Warning => style.Warning(text),
                _ => text,
            } + style.Dim($"  {SeverityText.Of(first.Severity, language)}, {SeverityText.Of(first.Confidence, language)}"));
            foreach (var advice in AdviceText.Of(ofRule, language))
            {
                var bullet = "  → ";
                foreach (var line in Wrapping.Words(advice, _width - bullet.Length))
                {
                    output.WriteLine(bullet + line);
                    bullet = "    ";
                }
            }
        }
    }
}
