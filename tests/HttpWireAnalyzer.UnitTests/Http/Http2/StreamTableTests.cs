using System.Text;
using HttpWireAnalyzer.Http.Http2;
using HttpWireAnalyzer.TestBuilders;

namespace HttpWireAnalyzer.UnitTests.Http.Http2;

/// <summary>The table is complete, agrees with RFC 9113 §5.1 figure 2, and with its page in the documentation.</summary>
public sealed class StreamTableTests
{
    /// <summary>What an end cannot do, or have done to it, in each state; with the reason.</summary>
    private static readonly (Http2StreamState State, Http2StreamInput[] Inputs, string Why)[] Impossible =
    [
        (Http2StreamState.Idle,
            [Http2StreamInput.SendData, Http2StreamInput.ReceiveData, Http2StreamInput.SendEndStream, Http2StreamInput.ReceiveEndStream,
                Http2StreamInput.SendReset, Http2StreamInput.ReceiveReset],
            "only HEADERS, PUSH_PROMISE and PRIORITY may come in it"),
        (Http2StreamState.ReservedLocal,
            [Http2StreamInput.ReceiveHeaders, .. Promises, Http2StreamInput.SendData, Http2StreamInput.ReceiveData,
                Http2StreamInput.SendEndStream, Http2StreamInput.ReceiveEndStream],
            "its promise is to be followed by its HEADERS; the other end has nothing to send on it"),
        (Http2StreamState.ReservedRemote,
            [Http2StreamInput.SendHeaders, .. Promises, Http2StreamInput.SendData, Http2StreamInput.ReceiveData,
                Http2StreamInput.SendEndStream, Http2StreamInput.ReceiveEndStream],
            "the same from the other end"),
        (Http2StreamState.Open, [.. Promises], "a stream is promised once, before it is used"),
        (Http2StreamState.HalfClosedLocal,
            [Http2StreamInput.SendHeaders, .. Promises, Http2StreamInput.SendData, Http2StreamInput.SendEndStream],
            "it has said END_STREAM"),
        (Http2StreamState.HalfClosedRemote,
            [Http2StreamInput.ReceiveHeaders, .. Promises, Http2StreamInput.ReceiveData, Http2StreamInput.ReceiveEndStream],
            "the other end has said END_STREAM"),
        (Http2StreamState.Closed,
            [Http2StreamInput.SendHeaders, Http2StreamInput.ReceiveHeaders, .. Promises, Http2StreamInput.SendData,
                Http2StreamInput.ReceiveData, Http2StreamInput.SendEndStream, Http2StreamInput.ReceiveEndStream],
            "both have said END_STREAM, or one has reset it: what was on its way is an observation"),
    ];

    private static Http2StreamInput[] Promises => [Http2StreamInput.SendPromise, Http2StreamInput.ReceivePromise];

    [Fact]
    public void Every_state_and_input_is_a_row_or_listed_as_impossible()
    {
        foreach (var state in Enum.GetValues<Http2StreamState>())
        {
            (_, var impossible, var why) = Impossible.Single(entry => entry.State == state);
            Assert.NotEmpty(why);
            foreach (var input in Enum.GetValues<Http2StreamInput>())
            {
                Assert.True(Http2StreamTable.TryNext(state, input, out _) != impossible.Contains(input), $"{state}, {input}");
            }
        }
    }

    [Fact]
    public void No_pair_has_two_rows() => Assert.Distinct(Http2StreamTable.Transitions.Select(row => (row.From, row.Input)));

    [Fact]
    public void What_one_end_sends_the_other_receives()
    {
        foreach (var (from, input, to) in Http2StreamTable.Transitions)
        {
            Assert.True(Http2StreamTable.TryNext(Mirrored(from), Mirrored(input), out var other), $"{from}, {input}");
            Assert.Equal(Mirrored(to), other);
        }
    }

    [Theory]
    [InlineData(Http2StreamState.Idle, Http2StreamInput.SendHeaders, Http2StreamState.Open)]
    [InlineData(Http2StreamState.Idle, Http2StreamInput.SendPromise, Http2StreamState.ReservedLocal)]
    [InlineData(Http2StreamState.ReservedLocal, Http2StreamInput.SendHeaders, Http2StreamState.HalfClosedRemote)]
    [InlineData(Http2StreamState.Open, Http2StreamInput.SendEndStream, Http2StreamState.HalfClosedLocal)]
    [InlineData(Http2StreamState.HalfClosedLocal, Http2StreamInput.ReceiveEndStream, Http2StreamState.Closed)]
    [InlineData(Http2StreamState.HalfClosedLocal, Http2StreamInput.ReceiveReset, Http2StreamState.Closed)]
    [InlineData(Http2StreamState.Open, Http2StreamInput.SendReset, Http2StreamState.Closed)]
    public void Arrows_of_figure_2(Http2StreamState from, Http2StreamInput input, Http2StreamState to)
    {
        Assert.True(Http2StreamTable.TryNext(from, input, out var next));
        Assert.Equal(to, next);
    }

    /// <summary>UPDATE_GOLDEN=1 writes the page anew.</summary>
    [Fact]
    public void The_page_in_the_documentation_is_this_table()
    {
        var path = Path.Combine(Repository.Root, "docs", "states", "http2.md");
        var page = Page();
        if (Repository.Updates)
        {
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static Http2StreamState Mirrored(Http2StreamState state) => state switch
    {
        Http2StreamState.ReservedLocal => Http2StreamState.ReservedRemote,
        Http2StreamState.ReservedRemote => Http2StreamState.ReservedLocal,
        Http2StreamState.HalfClosedLocal => Http2StreamState.HalfClosedRemote,
        Http2StreamState.HalfClosedRemote => Http2StreamState.HalfClosedLocal,
        _ => state,
    };

    /// <summary>Sending and receiving stand side by side.</summary>
    private static Http2StreamInput Mirrored(Http2StreamInput input) => (Http2StreamInput)((int)input ^ 1);

    private static string Page()
    {
        StringBuilder page = new("""
            # The state of one end of an HTTP/2 stream

            Generated from `Http2StreamTable` by a test; `UPDATE_GOLDEN=1` writes it anew. Each end of a stream is such a
            machine (RFC 9113 §5.1, figure 2). RST_STREAM leads to `Closed` from everywhere but `Idle` and is left out of
            the diagram, and so are inputs that change nothing.

            ```mermaid
            stateDiagram-v2
                [*] --> Idle

            """.ReplaceLineEndings("\n"));
        foreach (var (from, input, to) in Http2StreamTable.Transitions)
        {
            if (from != to && input is not (Http2StreamInput.SendReset or Http2StreamInput.ReceiveReset))
            {
                page.Append($"    {from} --> {to}: {input}\n");
            }
        }

        page.Append("    Closed --> [*]\n```\n\n| From | Input | To |\n|---|---|---|\n");
        foreach (var (from, input, to) in Http2StreamTable.Transitions)
        {
            page.Append($"| {from} | {input} | {to} |\n");
        }

        page.Append("\nInputs without a row change nothing, and are reported (`InvalidFrame`) unless the stream was over:\n\n");
        page.Append("| In | Inputs | Because |\n|---|---|---|\n");
        foreach (var (state, inputs, why) in Impossible)
        {
            page.Append($"| {state} | {string.Join(", ", inputs)} | {why} |\n");
        }

        return page.ToString();
    }
}
