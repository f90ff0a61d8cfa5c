using System.Text;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.UnitTests.Tcp;

/// <summary>The table is complete, agrees with RFC 9293 §3.3.2 figure 5, and with its page in the documentation.</summary>
public sealed class TcpStateTableTests
{
    /// <summary>Inputs that the classifier never gives, or that are an observation, for each state; with the reason.</summary>
    private static readonly (TcpState State, TcpInput[] Inputs, string Why)[] Impossible =
    [
        (TcpState.Unknown,
            [TcpInput.SynAcknowledged, TcpInput.SendFin, TcpInput.ReceiveFin, TcpInput.FinAcknowledged,
                TcpInput.TwoMslTimeout, TcpInput.SendCrossingFin, TcpInput.RepeatFin, TcpInput.AnswerFin],
            "the first segment of any kind is a SYN, a RST, or Midstream"),
        (TcpState.SynSent,
            [TcpInput.SynAcknowledged, TcpInput.Midstream, TcpInput.SendFin, TcpInput.ReceiveFin,
                TcpInput.FinAcknowledged, TcpInput.TwoMslTimeout, TcpInput.SendCrossingFin, TcpInput.RepeatFin, TcpInput.AnswerFin],
            "whatever it acknowledges first makes it ESTABLISHED; a FIN without ACK is an observation"),
        (TcpState.SynReceived,
            [TcpInput.Midstream, TcpInput.FinAcknowledged, TcpInput.TwoMslTimeout, TcpInput.SendCrossingFin, TcpInput.RepeatFin, TcpInput.AnswerFin],
            "it has sent no FIN"),
        (TcpState.Established,
            [TcpInput.SendSyn, TcpInput.ReceiveSyn, TcpInput.SynAcknowledged, TcpInput.Midstream,
                TcpInput.FinAcknowledged, TcpInput.TwoMslTimeout, TcpInput.SendCrossingFin, TcpInput.RepeatFin, TcpInput.AnswerFin],
            "a SYN changes an open connection in nothing (RFC 5961 §4); it has sent no FIN"),
        (TcpState.FinWait1,
            [.. Opening, TcpInput.SendFin, TcpInput.TwoMslTimeout, TcpInput.SendCrossingFin, TcpInput.RepeatFin],
            "a FIN is sent once; sent again it is a remark"),
        (TcpState.FinWait2,
            [.. Opening, TcpInput.SendFin, TcpInput.FinAcknowledged, TcpInput.TwoMslTimeout, TcpInput.SendCrossingFin, TcpInput.AnswerFin],
            "its FIN was sent and acknowledged"),
        (TcpState.CloseWait,
            [.. Opening, TcpInput.ReceiveFin, TcpInput.FinAcknowledged, TcpInput.TwoMslTimeout, TcpInput.RepeatFin, TcpInput.AnswerFin],
            "it has the other FIN and sent none"),
        (TcpState.Closing,
            [.. Opening, TcpInput.SendFin, TcpInput.ReceiveFin, TcpInput.TwoMslTimeout, TcpInput.SendCrossingFin, TcpInput.RepeatFin, TcpInput.AnswerFin],
            "both FINs were sent"),
        (TcpState.LastAck,
            [.. Opening, TcpInput.SendFin, TcpInput.ReceiveFin, TcpInput.TwoMslTimeout, TcpInput.SendCrossingFin, TcpInput.RepeatFin, TcpInput.AnswerFin],
            "both FINs were sent"),
        (TcpState.TimeWait,
            [.. Opening, TcpInput.SendFin, TcpInput.ReceiveFin, TcpInput.FinAcknowledged, TcpInput.SendCrossingFin, TcpInput.AnswerFin],
            "both FINs were sent and acknowledged; a SYN is a new connection (RFC 6191)"),
        (TcpState.Closed,
            [TcpInput.SendSyn, TcpInput.ReceiveSyn, TcpInput.SynAcknowledged, TcpInput.Midstream, TcpInput.SendFin,
                TcpInput.TwoMslTimeout, TcpInput.SendCrossingFin, TcpInput.AnswerFin],
            "a FIN from an end that a RST went to shows that they crossed: an observation"),
    ];

    private static TcpInput[] Opening =>
    [
        TcpInput.SendSyn, TcpInput.ReceiveSyn, TcpInput.SendSynAck, TcpInput.ReceiveSynAck, TcpInput.SynAcknowledged,
        TcpInput.Midstream,
    ];

    [Fact]
    public void Every_state_and_input_is_a_row_or_listed_as_impossible()
    {
        foreach (var state in Enum.GetValues<TcpState>())
        {
            var (_, impossible, why) = Impossible.Single(entry => entry.State == state);
            Assert.NotEmpty(why);
            foreach (var input in Enum.GetValues<TcpInput>())
            {
                Assert.True(
                    TcpStateTable.TryNext(state, input, out _) != impossible.Contains(input), $"{state}, {input}");
            }
        }
    }

    [Fact]
    public void No_pair_has_two_rows() =>
        Assert.Distinct(TcpStateTable.Transitions.Select(row => (row.From, row.Input)));

    [Theory]
    [InlineData(TcpState.SynSent, TcpInput.ReceiveSynAck, TcpState.Established)]
    [InlineData(TcpState.SynSent, TcpInput.ReceiveSyn, TcpState.SynReceived)]
    [InlineData(TcpState.SynReceived, TcpInput.SynAcknowledged, TcpState.Established)]
    [InlineData(TcpState.SynReceived, TcpInput.SendFin, TcpState.FinWait1)]
    [InlineData(TcpState.Established, TcpInput.SendFin, TcpState.FinWait1)]
    [InlineData(TcpState.Established, TcpInput.ReceiveFin, TcpState.CloseWait)]
    [InlineData(TcpState.FinWait1, TcpInput.FinAcknowledged, TcpState.FinWait2)]
    [InlineData(TcpState.FinWait1, TcpInput.ReceiveFin, TcpState.Closing)]
    [InlineData(TcpState.FinWait2, TcpInput.ReceiveFin, TcpState.TimeWait)]
    [InlineData(TcpState.CloseWait, TcpInput.SendFin, TcpState.LastAck)]
    [InlineData(TcpState.Closing, TcpInput.FinAcknowledged, TcpState.TimeWait)]
    [InlineData(TcpState.LastAck, TcpInput.FinAcknowledged, TcpState.Closed)]
    [InlineData(TcpState.TimeWait, TcpInput.TwoMslTimeout, TcpState.Closed)]
    public void Arrows_of_figure_5(TcpState from, TcpInput input, TcpState to)
    {
        Assert.True(TcpStateTable.TryNext(from, input, out var next));
        Assert.Equal(to, next);
    }

    [Fact]
    public void An_acceptable_RST_closes_whatever_state() =>
        Assert.All(Enum.GetValues<TcpState>(), state =>
        {
            Assert.True(TcpStateTable.TryNext(state, TcpInput.ReceiveRst, out var next));
            Assert.Equal(TcpState.Closed, next);
        });

    /// <summary>UPDATE_GOLDEN=1 writes the page anew.</summary>
    [Fact]
    public void The_page_in_the_documentation_is_this_table()
    {
        var path = Path.Combine(Repository.Root, "docs", "states", "tcp.md");
        var page = Page();
        if (Repository.Updates)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # The state of one TCP endpoint

            Generated from `TcpStateTable` by a test; `UPDATE_GOLDEN=1` writes it anew. Each end of a connection is such a
            machine (RFC 9293 §3.3.2, figure 5, seen from outside). RST leads to `Closed` from everywhere and is left out
            of the diagram, and so are inputs that change nothing.

            ```mermaid
            stateDiagram-v2
                [*] --> Unknown

            """.ReplaceLineEndings("\n"));
        foreach (var (from, input, to) in TcpStateTable.Transitions)
        {
            if (from != to && input is not (TcpInput.SendRst or TcpInput.ReceiveRst))
            {
                page.Append($"    {from} --> {to}: {input}\n");
            }
        }

        page.Append("    Closed --> [*]\n```\n\n| From | Input | To |\n|---|---|---|\n");
        foreach (var (from, input, to) in TcpStateTable.Transitions)
        {
            page.Append($"| {from} | {input} | {to} |\n");
        }

        page.Append("\nInputs without a row change nothing, and are reported (`OutOfState`) where they occur:\n\n");
        page.Append("| In | Inputs | Because |\n|---|---|---|\n");
        foreach (var (state, inputs, why) in Impossible)
        {
            page.Append($"| {state} | {string.Join(", ", inputs)} | {why} |\n");
        }

        return page.ToString();
    }
}
