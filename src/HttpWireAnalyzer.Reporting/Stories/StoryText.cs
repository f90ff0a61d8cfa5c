using System.Globalization;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Reporting.Fields;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>A story for people: the course with both states beside each line, then the answers.</summary>
public sealed class StoryText(TextWriter output, TextStyle style, int width)
{
    private const int StateWidth = 12;
    private const int MinimumWidth = 60;

    private static readonly string[] Units = ["µs", "ms", "s", "min", "h", "B", "kB", "MB", "GB", "%"];

    private readonly int _width = int.Max(width, MinimumWidth);

    public void Write(Story story)
    {
        var connection = story.Connection;
        var tcp = connection.Tcp;
        output.WriteLine(style.Bold($"connection {connection.Number}  {tcp.Client} → {tcp.Server}"));
        output.WriteLine(style.Dim($"first packet {Quantity.Time(tcp.First.Time)}"
            + (connection.Handshake.RoundTrip >= 0 ? $", round trip {Quantity.Duration(connection.Handshake.RoundTrip)}" : "")));
        output.WriteLine();
        output.WriteLine(style.Bold($"{"seconds",11}  {"client",-StateWidth} {"frame",9}   {"server",-StateWidth}  what"));
        foreach (var line in story.Lines)
        {
            WriteLine(line, tcp.First.Time);
        }

        if (story.LinesLeftOut > 0)
        {
            output.WriteLine($"{"…",11}  {Quantity.Count(story.LinesLeftOut)} more lines are left out");
        }

        output.WriteLine();
        var prose = new StoryProse(connection);
        foreach (var answer in story.Answers)
        {
            WriteWrapped(prose.Of(answer), Frames(answer.Evidence));
        }

        output.WriteLine();
        output.WriteLine(style.Dim("~ assumed: sent to that end, which has not shown yet that it arrived."));
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

    private void WriteLine(StoryLine line, Timestamp origin)
    {
        var frame = "#" + line.At.Number.ToString(CultureInfo.InvariantCulture);
        var arrow = line.Sender switch
        {
            Side.Client => "▶",
            Side.Server => "◀",
            _ => " ",
        };
        var what = StoryEvents.Of(line.Sentence);
        what = line.Sentence switch
        {
            RstSent => style.Error(what),
            FinSent => style.Bold(what),
            RequestSent { Exchange.End: Http.ExchangeEnd.Unanswered } => style.Warning(what),
            OctetsMissing or SegmentRemarked or MessageRemarked => style.Warning(what),
            ExchangeRun => style.Dim(what),
            _ => what,
        };
        output.WriteLine(
            $"{Quantity.Seconds(line.At.Time.Since(origin)),11}  {State(line.Client),-StateWidth} {frame,9} {arrow} {State(line.Server),-StateWidth}  {what}");
    }

    /// <summary>One paragraph, broken at spaces, with its evidence at the end and a hanging indent.</summary>
    private void WriteWrapped(string sentence, string frames)
    {
        var line = "•";
        foreach (var word in WithUnits($"{sentence} {frames}".Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (line.Length + 1 + word.Length > _width)
            {
                output.WriteLine(line);
                line = " ";
            }

            line += " " + word;
        }

        output.WriteLine(line);
    }

    /// <summary>A number and its unit stay on one line.</summary>
    private static IEnumerable<string> WithUnits(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var isUnit = i + 1 < words.Length
                && char.IsAsciiDigit(words[i][^1])
                && Units.Contains(words[i + 1].TrimEnd('.', ',', ':', ';', ')'), StringComparer.Ordinal);
            yield return isUnit ? words[i] + " " + words[++i] : words[i];
        }
    }
}
