using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.TestBuilders.Http;

namespace HttpWireAnalyzer.UnitTests.Http;

/// <summary>
/// One section of a page: a conversation and its log. Blocks are played in order:
/// "http client" and "http server" are octets of one packet (line ends of the page do not count; \r \n \t \0 \xHH and
/// \\ do; "ack=N" sets the acknowledgment), "event" has lines "gap SIDE OCTETS", "end SIDE CAUSE", "wait MS",
/// "midstream" and "whole" (cuts would change the result, for a search looks at where chunks begin).
/// </summary>
internal sealed record Case(string Page, string Title, bool Midstream, bool WholeOnly, IReadOnlyList<Step> Steps, string Log)
{
    public string Play(Cut cut)
    {
        ExchangeRecorder recorder = new();
        StreamScript script = new(new HttpConversations(recorder, HttpLimits.Default), cut, Midstream);
        foreach (var step in Steps)
        {
            step.Play(script);
        }

        script.Close();
        return ExchangeLog.Of(recorder);
    }

    public int LongestPiece => Steps.Max(step => step.Octets.Length);
}

internal sealed record Step(string Kind, Side Side, byte[] Octets, long Number, StreamEndCause Cause)
{
    public void Play(StreamScript script)
    {
        _ = Kind switch
        {
            "send" => script.Send(Side, Octets, Number < 0 ? null : Number),
            "gap" => script.Gap(Side, Number),
            "end" => script.End(Side, Cause),
            "wait" => script.Wait(Number),
            _ => throw new InvalidOperationException(Kind),
        };
    }
}

internal static class Pages
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "HttpWireAnalyzer.UnitTests", "Http", "Cases");

    public static IEnumerable<Case> Read(string path)
    {
        var page = Path.GetFileNameWithoutExtension(path);
        var title = string.Empty;
        List<Step> steps = [];
        var midstream = false;
        var whole = false;
        string? block = null;
        StringBuilder content = new();
        foreach (var line in File.ReadLines(path))
        {
            if (block is null && line.StartsWith("## ", StringComparison.Ordinal))
            {
                title = line[3..];
                (steps, midstream, whole) = ([], false, false);
            }
            else if (block is null && line.StartsWith("```", StringComparison.Ordinal))
            {
                block = line[3..];
                content.Clear();
            }
            else if (block is not null && line == "```")
            {
                if (block == "log")
                {
                    yield return new Case(page, title, midstream, whole, steps, content.ToString());
                }
                else if (block == "event")
                {
                    var events = content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
                    midstream |= events.Contains("midstream");
                    whole |= events.Contains("whole");
                    steps.AddRange(events.Where(e => e is not ("midstream" or "whole")).Select(Event));
                }
                else
                {
                    steps.Add(Send(block, content.ToString()));
                }

                block = null;
            }
            else if (block is not null)
            {
                content.Append(line).Append('\n');
            }
        }
    }

    private static Step Event(string line)
    {
        var words = line.Split(' ');
        return words[0] switch
        {
            "gap" => new Step("gap", SideOf(words[1]), [], Number(words[2]), default),
            "end" => new Step("end", SideOf(words[1]), [], 0, Enum.Parse<StreamEndCause>(words[2])),
            "wait" => new Step("wait", default, [], Number(words[1]), default),
            _ => throw new FormatException(line),
        };
    }

    private static Step Send(string block, string content)
    {
        var words = block.Split(' ');
        var acknowledged = words.Length > 2 ? Number(words[2]["ack=".Length..]) : -1;
        return new Step("send", SideOf(words[1]), Unescape(content.Replace("\n", string.Empty, StringComparison.Ordinal)), acknowledged, default);
    }

    private static byte[] Unescape(string text)
    {
        List<byte> octets = [];
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                octets.Add((byte)text[at]);
                continue;
            }

            at++;
            octets.Add(text[at] switch
            {
                'r' => (byte)'\r',
                'n' => (byte)'\n',
                't' => (byte)'\t',
                '0' => 0,
                'x' => byte.Parse(text.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                '\\' => (byte)'\\',
                _ => throw new FormatException(text),
            });
            at += text[at] == 'x' ? 2 : 0;
        }

        return [.. octets];
    }

    private static Side SideOf(string word) => word == "client" ? Side.Client : Side.Server;

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
