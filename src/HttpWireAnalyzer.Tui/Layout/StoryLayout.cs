using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Reporting.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Screen;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Rows;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tui.Layout;

/// <summary>A line of a story on the screen.</summary>
/// <param name="Frame">The packet it tells of; 0 where it tells of none.</param>
/// <param name="Evidence">What that packet shows.</param>
/// <param name="Part">The part of the story that it is of.</param>
internal sealed record StoryRow(
    IReadOnlyList<Run> Runs, long Frame, StoryEvidence Evidence = StoryEvidence.None, StoryPart Part = StoryPart.Course)
{
    public bool IsEvidence => Evidence != StoryEvidence.None;

    /// <summary>The sign before it, as a piece of a line.</summary>
    public Run Sign => Evidence switch
    {
        StoryEvidence.OfWrong => new Run("✖", Tone.Error),
        StoryEvidence.OfNote => new Run("•", Tone.Bold),
        _ => new Run(" "),
    };
}

/// <summary>What a packet is evidence of.</summary>
internal enum StoryEvidence : byte
{
    None,

    /// <summary>Of something worth knowing: why the connection ended, or a note.</summary>
    OfNote,

    /// <summary>What went wrong.</summary>
    OfWrong,
}

/// <summary>The parts of a story.</summary>
internal enum StoryPart : byte
{
    Verdict,
    Course,
    Answers,
}

/// <summary>
/// A story as lines of a given width: what went wrong, the course of the connection as a ladder between the states of
/// both ends, with idle times to scale, and the answers.
/// </summary>
internal sealed class StoryLayout
{
    private const int StateWidth = 12;

    /// <summary>From so many columns on the rungs of the ladder are longer.</summary>
    private const int Wide = 100;

    /// <summary>From so many on columns stand further apart.</summary>
    private const int Roomy = 90;

    /// <summary>Below so many there is no room for states.</summary>
    private const int Narrow = 64;

    /// <summary>A silence shorter than this part of the longest is not drawn.</summary>
    private const int LeastGapShare = 50;

    private const long LeastGap = Timestamp.NanosecondsPerSecond / 1000;

    private readonly List<StoryRow> _rows = [];
    private readonly Language _language;
    private readonly int _width;
    private readonly StoryHeadings _headings;
    private readonly StoryEvents _events;

    private StoryLayout(Language language, int width)
    {
        _language = language;
        _width = width;
        _headings = new StoryHeadings(language);
        _events = new StoryEvents(language);
    }

    /// <param name="finding">Whose packets are marked; null marks those of the verdict, or of the close.</param>
    /// <param name="form">Whether times count from the first packet, from the line before, or are those of the day.</param>
    public static IReadOnlyList<StoryRow> Of(Story story, Finding? finding, Language language, int width, TimeForm form)
    {
        var layout = new StoryLayout(language, width);
        layout.Add(story, EvidenceOf(story, finding), form);
        return layout._rows;
    }

    private void Add(Story story, Dictionary<long, StoryEvidence> evidence, TimeForm form)
    {
        var prose = new StoryProse(story.Connection, _language);
        if (story.Verdict is { } verdict)
        {
            AddWords("✖ " + prose.Of(verdict), Tone.Error, StoryPart.Verdict);
            _rows.Add(Empty with { Part = StoryPart.Verdict });
        }
        else if (RowSeverities.WarningsOf(story.Connection, _language) is { Count: > 0 } warnings)
        {
            foreach (var warning in warnings)
            {
                AddWords("! " + warning, Tone.Warning, StoryPart.Verdict);
            }

            _rows.Add(Empty with { Part = StoryPart.Verdict });
        }

        AddCourse(story, evidence, form);
        _rows.Add(Empty with { Part = StoryPart.Answers });
        foreach (var answer in story.Answers)
        {
            AddAnswer(prose.Of(answer), answer);
        }

        if (story.Lines.Any(line => line.Client.Assumed || line.Server.Assumed))
        {
            _rows.Add(Empty with { Part = StoryPart.Answers });
            AddWords(_headings.Assumed, Tone.Assumed, StoryPart.Answers);
        }
    }

    private void AddWords(string text, Tone tone, StoryPart part)
    {
        foreach (var line in Folding.Words(text, _width))
        {
            _rows.Add(new StoryRow([new Run(line, tone)], 0, Part: part));
        }
    }

    private static StoryRow Empty { get; } = new([], 0);

    /// <summary>The packets of the finding, or of the verdict; without either, of the close.</summary>
    private static Dictionary<long, StoryEvidence> EvidenceOf(Story story, Finding? finding)
    {
        var (packets, kind) = finding is not null ? (finding.Frames, finding.Severity >= Severity.Warning ? StoryEvidence.OfWrong : StoryEvidence.OfNote)
            : story.Verdict is { } verdict ? (verdict.Evidence, StoryEvidence.OfWrong)
            : (story.Answers.OfType<ClosedFirst>().FirstOrDefault()?.Evidence ?? [], StoryEvidence.OfNote);
        return packets.ToDictionary(packet => packet.Number, _ => kind);
    }

    private void AddCourse(Story story, Dictionary<long, StoryEvidence> evidence, TimeForm form)
    {
        var times = TimesOf(story, form);
        var title = form == TimeForm.Absolute ? _headings.Time : _headings.Seconds;
        var seconds = times.Select(time => time.Length).Append(Sheet.WidthOf(title)).Max();
        var frame = story.Lines.Select(line => FrameOf(line).Length).Append(Sheet.WidthOf(_headings.Frame)).Max();
        var state = _width >= Narrow ? StateWidth : 0;
        var rung = _width >= Wide ? 3 : 1;
        var gap = Between;
        _rows.Add(new StoryRow(
            [
                new Run(
                    $"{GlyphWidth.Blanks(title, seconds)}{title}{gap}{Padded(_headings.Client, " ", state)}{new string(' ', rung)}"
                        + $"{GlyphWidth.Blanks(_headings.Frame, frame)}{_headings.Frame}{new string(' ', rung + 1)} {Padded(_headings.Server, gap, state)}{_headings.What}",
                    Tone.Title),
            ],
            0));
        var longest = LongestGap(story.Lines);
        PacketRef previous = default;
        for (var i = 0; i < story.Lines.Count; i++)
        {
            var line = story.Lines[i];
            if (!previous.IsNone)
            {
                AddGap(line.At.Time.Since(previous.Time), longest, seconds);
            }

            AddLine(line, evidence.GetValueOrDefault(line.At.Number), times[i].PadLeft(seconds) + gap, frame, state, rung);
            previous = EndOf(line);
        }

        if (story.LinesLeftOut > 0)
        {
            _rows.Add(new StoryRow([new Run($"{"…".PadLeft(seconds)}  {_headings.LeftOut(story.LinesLeftOut)}", Tone.Dim)], 0));
        }
    }

    /// <summary>What stands between columns: on a terminal of eighty, a SYN-ACK with its options has a line.</summary>
    private string Between => _width >= Roomy ? "  " : " ";

    private static List<string> TimesOf(Story story, TimeForm form)
    {
        var times = new List<string>(story.Lines.Count);
        var origin = story.Connection.Tcp.First.Time;
        foreach (var line in story.Lines)
        {
            times.Add(form == TimeForm.Absolute ? Quantity.TimeOfDay(line.At.Time) : Quantity.Seconds(line.At.Time.Since(origin)));
            origin = form == TimeForm.Delta ? line.At.Time : origin;
        }

        return times;
    }

    private static long LongestGap(IReadOnlyList<StoryLine> lines)
    {
        var longest = 0L;
        for (var i = 1; i < lines.Count; i++)
        {
            longest = long.Max(longest, lines[i].At.Time.Since(EndOf(lines[i - 1]).Time));
        }

        return longest;
    }

    /// <summary>Where a line of several packets ends.</summary>
    private static PacketRef EndOf(StoryLine line) => line.Sentence.Evidence is [.., var last] ? PacketRef.Later(line.At, last) : line.At;

    /// <summary>A silence, as long beside the others as it lasted beside them.</summary>
    private void AddGap(long gap, long longest, int indent)
    {
        if (gap < LeastGap || gap * LeastGapShare < longest)
        {
            return;
        }

        var room = int.Max(4, _width - indent - 20);
        var bar = int.Max(1, (int)(gap * (double)room / longest));
        _rows.Add(new StoryRow(
            [new Run($"{new string(' ', indent)}{Between}├{new string('─', bar)}┤ {Quantity.Duration(gap)}", Tone.Dim)], 0));
    }

    private void AddLine(StoryLine line, StoryEvidence evidence, string time, int frame, int state, int rung)
    {
        var sender = line.Sender ?? (line.Sentence is IcmpReported report ? report.Toward.Other() : null);
        var name = FrameOf(line);
        var arrow = sender switch
        {
            Side.Client => new Run($"{name.PadLeft(rung + frame, '─')}{new string('─', rung)}▶", Tone.Client),
            Side.Server => new Run($"◀{name.PadLeft(rung + frame, '─')}{new string('─', rung)}", Tone.Server),
            _ => new Run($"{name.PadLeft(rung + frame)}{new string(' ', rung)} ", Tone.Dim),
        };
        var gap = Between;
        var before = time.Length + (state > 0 ? state + 1 : 0) + arrow.Text.Length + 1 + (state > 0 ? state + gap.Length : 0);
        var first = true;
        var room = int.Max(10, _width - before);
        foreach (var part in Folding.Items(_events.Of(line.Sentence), room))
        {
            IReadOnlyList<Run> runs = first
                ?
                [
                    new Run(time, Tone.Dim),
                    StateRun(line.Client, state, " "),
                    arrow,
                    new Run(" "),
                    StateRun(line.Server, state, gap),
                    new Run(part, evidence == StoryEvidence.OfWrong ? Tone.Error : ToneOf(line.Sentence)),
                ]
                : [new Run(new string(' ', before)), new Run(part, evidence == StoryEvidence.OfWrong ? Tone.Error : ToneOf(line.Sentence))];
            _rows.Add(new StoryRow(runs, line.At.Number, first ? evidence : StoryEvidence.None));
            first = false;
        }
    }

    private static string Padded(string title, string after, int width) => width == 0 ? "" : title + GlyphWidth.Blanks(title, width) + after;

    private static Run StateRun(KnownState known, int width, string after)
    {
        if (width == 0)
        {
            return new Run("");
        }

        var text = CellText.StateOf(known.State, known.Assumed);
        var tone = known.Assumed ? Tone.Assumed : known.State switch
        {
            TcpState.Established => Tone.Good,
            TcpState.TimeWait => Tone.TimeWait,
            TcpState.CloseWait => Tone.Warning,
            TcpState.Closed => Tone.Dim,
            TcpState.FinWait1 or TcpState.FinWait2 or TcpState.Closing or TcpState.LastAck => Tone.Fin,
            _ => Tone.Plain,
        };
        return new Run(text.PadRight(width) + after, tone);
    }

    private static Tone ToneOf(StorySentence sentence) => StoryEmphases.Of(sentence) switch
    {
        StoryEmphasis.Reset => Tone.Error,
        StoryEmphasis.Fin => Tone.Fin,
        StoryEmphasis.Warning => Tone.Warning,
        StoryEmphasis.Aside => Tone.Dim,
        StoryEmphasis.None => Tone.Plain,
        _ => throw new UnreachableException(),
    };

    private void AddAnswer(string text, StorySentence answer)
    {
        var frames = answer.Evidence.Count == 0
            ? ""
            : " (" + string.Join(", ", answer.Evidence.Select(packet => "#" + packet.Number.ToString(CultureInfo.InvariantCulture))) + ")";
        var bullet = "• ";
        foreach (var line in Folding.Words(text + frames, int.Max(10, _width - bullet.Length)))
        {
            _rows.Add(new StoryRow([new Run(bullet, Tone.Dim), new Run(line)], answer.Evidence is [var packet, ..] ? packet.Number : 0, Part: StoryPart.Answers));
            bullet = "  ";
        }
    }

    private static string FrameOf(StoryLine line) => "#" + line.At.Number.ToString(CultureInfo.InvariantCulture);
}
