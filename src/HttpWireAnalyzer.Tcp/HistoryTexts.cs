namespace HttpWireAnalyzer.Tcp;

/// <summary>The texts of histories that were asked for last: most connections of a capture have one of a few.</summary>
internal sealed class HistoryTexts
{
    private const int Places = 64;

    private readonly (HistoryText History, bool Swapped, string? Text)[] _known = new (HistoryText, bool, string?)[Places];

    /// <inheritdoc cref="HistoryText.ToText"/>
    public string Of(in HistoryText history, bool swapped)
    {
        ref var known = ref _known[history.Digest & (Places - 1)];
        if (known.Text is not { } text || known.Swapped != swapped || known.History != history)
        {
            text = history.ToText(swapped);
            known = (history, swapped, text);
        }

        return text;
    }
}
