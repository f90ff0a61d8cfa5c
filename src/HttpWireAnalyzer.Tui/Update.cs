using System.Diagnostics;
using System.Globalization;
using HttpWireAnalyzer.Screen;

namespace HttpWireAnalyzer.Tui;

/// <summary>A model, and what is to be done outside of it.</summary>
internal readonly record struct Step(Model Model, params IReadOnlyList<Effect> Effects)
{
    public static implicit operator Step(Model model) => new(model);

    /// <summary>This, and then another one.</summary>
    public Step Then(Func<Model, Step> next)
    {
        var step = next(Model);
        return Effects.Count == 0 ? step : step with { Effects = [.. Effects, .. step.Effects] };
    }
}

/// <summary>What a message makes of a model: a function, and nothing else.</summary>
internal static class Update
{
    public static Step Of(Model model, Message message) => message switch
    {
        KeyPressed pressed => KeyUpdate.Of(model, pressed.Key),
        TextPasted pasted => model.Prompt is null ? model : PromptUpdate.Insert(model, pasted.Text),
        MouseUsed used => MouseUpdate.Of(model, used),
        Resized resized => Resize(model, resized),
        BackgroundTold told => model with { Background = TerminalColours.BackgroundOf(told.Colour) },
        CaptureAdvanced advanced => Advance(model, advanced.State),
        Arranged arranged => ListUpdate.Take(model, arranged),
        ArrangeFailed failed => ListUpdate.Fail(model, failed),
        DetailAdvanced advanced => model.Detail is { Detail: null } detail && detail.Number == advanced.Number
            ? model with { Detail = detail with { Share = advanced.Share } }
            : model,
        DetailRead read => DetailUpdate.Take(model, read),
        PortsCounted counted => ListUpdate.Rearranged(model with { Standings = counted.Standings }, ListKind.Ports),
        PoolReplayed replayed => model.WhatIf is { } asked && asked.Pool == replayed.Pool ? model with { WhatIf = asked with { Replay = replayed.Replay } } : model,
        SliceWritten written => Say(model, Text(model.Wording.Written, written.Packets, written.Path)),
        ListWritten written => Say(model, Text(model.Wording.ListWritten, written.Path)),
        TextWritten written => Say(model, Text(model.Wording.AssertionWritten, written.Path)),
        WorkFailed failed => Say(model, failed.Failure, isError: true),
        FileTaken taken => Say(model, Text(model.Wording.FileTaken, taken.Failure), isError: true),
        EndAsked => model with { IsEnding = true },
        _ => throw new UnreachableException(),
    };

    /// <summary>Shows a line until the next key.</summary>
    public static Model Say(Model model, string text, bool isError = false) =>
        model with { Notice = new Notice(Query.PrintableText.OfMessage(text), isError) };

    public static string Text(string form, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, form, values);

    private static Step Resize(Model model, Resized resized)
    {
        var sized = model with { Width = resized.Width, Height = resized.Height };
        return DetailUpdate.LaidOut(ListUpdate.Kept(sized));
    }

    private static Step Advance(Model model, CaptureState state)
    {
        if (model.IsPaused && state.Phase == CapturePhase.Live)
        {
            return model with { Latest = state };
        }

        var (finding, head) = (OpenUpdate.FindingAt(model), GroupUpdate.HeadAt(model));
        var step = ListUpdate.Grown(model with { Capture = state, Latest = null }).Then(grown => GroupUpdate.Followed(grown, finding, head?.Rule));
        if (state.Phase == CapturePhase.Failed && state.Failure is { } failure)
        {
            step = step with { Model = Say(step.Model, failure, isError: true) };
        }

        return step.Then(DetailUpdate.Preview).Then(PortsIfShown);
    }

    /// <summary>Ports are counted again when the last of the capture is there.</summary>
    private static Step PortsIfShown(Model model) =>
        model.View == ViewKind.Ports && (model.Standings is null || model.Capture.Phase == CapturePhase.Done)
            ? new Step(model, new CountPorts(model.Capture.Connections))
            : model;
}
