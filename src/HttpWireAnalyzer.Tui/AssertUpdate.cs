using System.Globalization;
using HttpWireAnalyzer.Reporting.Checks;
using HttpWireAnalyzer.Tui.Columns;
using HttpWireAnalyzer.Tui.Views;

namespace HttpWireAnalyzer.Tui;

/// <summary>What makes a spec of hwa check out of the row under the cursor, or of the connections that are selected.</summary>
internal static class AssertUpdate
{
    /// <summary>A spec of more claims than these is not read by anybody.</summary>
    private const int MostClaims = 100;

    /// <summary>Shows it, and puts it on the clipboard.</summary>
    public static Step Of(Model model)
    {
        List<SpecClaim> claims = [.. ClaimsOf(model).DistinctBy(claim => claim.Id)];
        if (claims.Count == 0)
        {
            return Update.Say(model, model.Wording.NothingToAssert, isError: true);
        }

        var text = ClaimSpec.Of(model.Name, claims);
        var shown = model with { View = ViewKind.Assertion, Assertion = new AssertionState(text), Back = model.Back.Push(model.View), IsMaximised = false };
        return CopyUpdate.Put(shown, text, model.Wording.AssertionCopied);
    }

    public static Model Move(Model model, int by) => model.Assertion is { } assertion
        ? model with { Assertion = assertion with { Top = int.Clamp(assertion.Top + by, 0, AssertionView.LastTop(model)) } }
        : model;

    private static IEnumerable<SpecClaim> ClaimsOf(Model model)
    {
        switch (model.View)
        {
            case ViewKind.Findings:
                return OpenUpdate.FindingAt(model) is { } finding ? [Claims.Of(finding, model.Wording.Language)] : [];
            case ViewKind.Pools:
                return model.RowAt(model.Pools, model.Pools.Cursor) is >= 0 and var pool ? [Claims.Of(model.Capture.Pools!.Pools[pool])] : [];
            case ViewKind.Connections or ViewKind.Exchanges when model.Selected.Count > 0:
                return model.Selected.Order().Take(MostClaims).Select(number => Claims.Of(model.Capture.Rows.Connections[number]));
            case ViewKind.Exchanges:
                return model.RowAt(model.Exchanges, model.Exchanges.Cursor) is >= 0 and var exchange ? [OfExchange(model, exchange)] : [];
            case ViewKind.Story or ViewKind.Timeline or ViewKind.Packets when model.Detail is { Finding: { } about }:
                return [Claims.Of(about, model.Wording.Language)];
            default:
                return DetailUpdate.Current(model) is >= 0 and var connection ? [Claims.Of(model.Capture.Rows.Connections[connection])] : [];
        }
    }

    private static SpecClaim OfExchange(Model model, int place)
    {
        var row = model.Capture.Rows.Exchanges[place];
        return Claims.Of(row, model.Capture.Rows.Connections[row.Connection].Server);
    }

    /// <summary>A name for the spec, to be changed.</summary>
    public static string UsualFile(Model model) => string.Create(
        CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(model.Name) switch { "" => "capture", var name => name }}.hwa.yaml");
}
