using HttpWireAnalyzer.Cli.Checks;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Cli.Live;

namespace HttpWireAnalyzer.Cli;

/// <summary>The verbs whose operands are not captures alone: those that judge or compare them, those that capture, and those that speak of hwa and its machine.</summary>
internal static class FilelessVerbs
{
    public static readonly string[] Names = ["check", "diff", "init", "live", "capture", "interfaces", "doctor", "explain", "fields", "completion"];

    /// <summary>What runs the verb, given all arguments; null for another verb.</summary>
    public static Func<IReadOnlyList<string>, Terminal, int>? Find(string name) => name switch
    {
        "check" => CheckVerb.Run,
        "diff" => DiffVerb.Run,
        "init" => InitVerb.Run,
        "live" => LiveVerb.Run,
        "capture" => CaptureVerb.Run,
        "interfaces" or "-D" => InterfacesVerb.Run,
        "doctor" => DoctorVerb.Run,
        "explain" => ExplainVerb.Run,
        "fields" => FieldsVerb.Run,
        "completion" => CompletionVerb.Run,
        _ => null,
    };
}
