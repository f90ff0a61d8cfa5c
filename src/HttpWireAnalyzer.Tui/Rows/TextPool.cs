namespace HttpWireAnalyzer.Tui.Rows;

/// <summary>Equal texts as one object, as far as a table of fixed size remembers them: an endpoint's targets repeat.</summary>
internal sealed class TextPool
{
    /// <summary>A power of two.</summary>
    private const int Places = 1 << 14;

    private readonly string?[] _texts = new string?[Places];

    /// <summary>The same text, cut to <see cref="RowLimits.TargetLength"/>.</summary>
    public string? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var kept = text.Length <= RowLimits.TargetLength ? text : string.Concat(text.AsSpan(0, RowLimits.TargetLength - 1), "…");
        ref var place = ref _texts[string.GetHashCode(kept, StringComparison.Ordinal) & (Places - 1)];
        return place == kept ? place : place = kept;
    }
}
