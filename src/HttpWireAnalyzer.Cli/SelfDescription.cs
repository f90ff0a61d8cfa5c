namespace HttpWireAnalyzer.Cli;

/// <summary>The verbs that read no capture: they speak of hwa itself.</summary>
internal static class SelfDescription
{
    public static readonly string[] Names = ["fields", "completion"];

    /// <summary>What runs the verb, given all arguments; null for another verb.</summary>
    public static Func<IReadOnlyList<string>, Terminal, int>? Find(string name) => name switch
    {
        "fields" => FieldsVerb.Run,
        "completion" => CompletionVerb.Run,
        _ => null,
    };
}
