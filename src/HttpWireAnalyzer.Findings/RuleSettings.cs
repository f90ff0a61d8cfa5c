namespace HttpWireAnalyzer.Findings;

/// <summary>Thresholds that were set to something else than usual, by "HWA-T007.wait".</summary>
public sealed class RuleSettings
{
    private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);

    public static RuleSettings Usual { get; } = new();

    /// <summary>A copy with one more value, in the parameter's unit.</summary>
    public RuleSettings With(RuleCard rule, RuleParameter parameter, long value)
    {
        var settings = new RuleSettings();
        foreach (var (name, set) in _values)
        {
            settings._values.Add(name, set);
        }

        settings._values[NameOf(rule, parameter)] = value;
        return settings;
    }

    public long Of(RuleCard rule, RuleParameter parameter) =>
        _values.TryGetValue(NameOf(rule, parameter), out var value) ? value : parameter.Usual;

    private static string NameOf(RuleCard rule, RuleParameter parameter) => $"{rule.Id}.{parameter.Name}";
}
