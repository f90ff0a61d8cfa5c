namespace HttpWireAnalyzer.Findings;

/// <summary>Thresholds that were set to something else than usual, by "HWA-T007.wait".</summary>
public sealed class RuleSettings
{
    private readonly Dictionary<(string Rule, string Name), long> _values = [];

    public static RuleSettings Usual { get; } = new();

    /// <summary>A copy with one more value, in the parameter's unit.</summary>
    public RuleSettings With(RuleCard rule, RuleParameter parameter, long value)
    {
        var settings = new RuleSettings();
        foreach (var (name, set) in _values)
        {
            settings._values.Add(name, set);
        }

        settings._values[(rule.Id, parameter.Name)] = value;
        return settings;
    }

    public long Of(RuleCard rule, RuleParameter parameter) =>
        _values.Count > 0 && _values.TryGetValue((rule.Id, parameter.Name), out var value) ? value : parameter.Usual;
}
