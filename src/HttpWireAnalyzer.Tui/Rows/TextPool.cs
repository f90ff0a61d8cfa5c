using HttpWireAnalyzer.Query;

namespace HttpWireAnalyzer.Tui.Rows;

/// <summary>Equal texts as one object, as far as a table of fixed size remembers them: an endpoint's targets repeat.</summary>
internal sealed class TextPool
{
    /// <summary>A power of two.</summary>
    private const int Places = 1 << 14;

    private readonly string?[] _texts = new string?[Places];

    /// <summary>Octets as text, cut to <see cref="RowLimits.TargetLength"/>.</summary>
    public string? Of(string? octets)
    {
        if (octets is null)
        {
            return null;
        }

        var kept = PrintableText.Shortened(WireText.Of(octets), RowLimits.TargetLength);
        ref var place = ref _texts[string.GetHashCode(kept, StringComparison.Ordinal) & (Places - 1)];
        return place == kept ? place : place = kept;
    }
}
