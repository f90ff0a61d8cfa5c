using Xunit.Sdk;
using Xunit.v3;

namespace HttpWireAnalyzer.Testing.Xunit;

/// <summary>Finds the captures of a <see cref="WireFactAttribute"/>: xunit makes one by its type.</summary>
public sealed class WireFactDiscoverer : IXunitTestCaseDiscoverer
{
    public ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
    {
        var captures = FactCaptures.Of(testMethod.Method, ((WireFactAttribute)factAttribute).Patterns);
        return ValueTask.FromResult<IReadOnlyCollection<IXunitTestCase>>([.. captures.Refusals.Select(Refused), .. captures.Paths.Select(CaseOf)]);

        IXunitTestCase Refused(string why)
        {
            var details = TestIntrospectionHelper.GetTestCaseDetails(discoveryOptions, testMethod, factAttribute, label: why);
            return new ExecutionErrorTestCase(
                testMethod, details.TestCaseDisplayName, details.UniqueID, details.SourceFilePath, details.SourceLineNumber, why);
        }

        IXunitTestCase CaseOf(string path)
        {
            var details = TestIntrospectionHelper.GetTestCaseDetails(discoveryOptions, testMethod, factAttribute, [path]);
            return new WireTestCase(
                details.ResolvedTestMethod, details.TestCaseDisplayName, details.UniqueID, details.Explicit, details.SkipExceptions,
                details.SkipReason, details.SkipType, details.SkipUnless, details.SkipWhen,
                TestIntrospectionHelper.GetTraits(testMethod, dataRow: null), path, details.SourceFilePath, details.SourceLineNumber, details.Timeout);
        }
    }
}
