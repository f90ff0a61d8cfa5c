using System.Reflection;

namespace HttpWireAnalyzer.Testing;

/// <summary>What holds for all claims of an assembly of tests: <c>[assembly: WireOptions(Results = "artifacts")]</c>.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class WireOptionsAttribute : Attribute
{
    private static readonly Lazy<WireOptionsAttribute> Found = new(Find);

    /// <summary>
    /// Where captures are copied to that did not pass: relative to the folder of the test's assembly. TestResults without
    /// it; empty: nowhere. HWA_TEST_RESULTS, where it is set, says it for a machine.
    /// </summary>
    public string Results { get; init; } = "TestResults";

    /// <summary>Records that a failure shows of those that broke a claim; Showing says it for one claim.</summary>
    public int Showing { get; init; } = 5;

    internal static WireOptionsAttribute Current => Found.Value;

    /// <summary>The runner has loaded the assembly of the tests by the time that one of them claims something.</summary>
    private static WireOptionsAttribute Find() => AppDomain.CurrentDomain.GetAssemblies()
        .OrderBy(assembly => assembly.FullName, StringComparer.Ordinal)
        .Select(assembly => assembly.GetCustomAttribute<WireOptionsAttribute>())
        .FirstOrDefault(options => options is not null) ?? new WireOptionsAttribute();
}
