using HttpWireAnalyzer.Checks;

namespace HttpWireAnalyzer.Testing;

/// <summary>What is said of a selection beside its records.</summary>
/// <param name="Name">What failures call it: connections where Server.Port == 8080.</param>
internal sealed record ClaimTexts(string Name)
{
    /// <summary>Claims in code stand in no spec.</summary>
    public const int Line = 1;

    /// <summary>Not all records of their kind any more.</summary>
    public bool IsNarrowed { get; private init; }

    /// <summary>Records that are shown where a claim fails.</summary>
    public int Shown { get; init; } = WireOptionsAttribute.Current.Showing;

    public bool MayBeEmpty { get; init; }

    public string? Reason { get; init; }

    public OnEmpty OnEmpty => MayBeEmpty ? OnEmpty.Pass : OnEmpty.Fail;

    public ClaimTexts Narrowed(string text) =>
        this with { Name = $"{Name} {(IsNarrowed ? "and" : "where")} {text}", IsNarrowed = true };

    /// <summary>A lambda without its parameter.</summary>
    public static string BodyOf(string lambda)
    {
        var arrow = lambda.IndexOf("=>", StringComparison.Ordinal);
        return arrow >= 0 && lambda[..arrow].Trim().All(letter => char.IsLetterOrDigit(letter) || letter == '_')
            ? lambda[(arrow + 2)..].Trim()
            : lambda;
    }
}
