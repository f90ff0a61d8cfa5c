using System.Collections;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace HttpWireAnalyzer.Testing.Xunit;

/// <summary>Finds the captures of a <see cref="WireFactAttribute"/>: xunit makes one by its name.</summary>
public sealed class WireFactDiscoverer(IMessageSink diagnosticMessageSink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var display = discoveryOptions.MethodDisplayOrDefault();
        var options = discoveryOptions.MethodDisplayOptionsOrDefault();
        var patterns = ((IEnumerable)factAttribute.GetConstructorArguments().Single()).Cast<string>().ToList();
        var captures = FactCaptures.Of(testMethod.Method.ToRuntimeMethod(), patterns);
        return
        [
            .. captures.Refusals.Select(why => new ExecutionErrorTestCase(diagnosticMessageSink, display, options, testMethod, why)),
            .. captures.Paths.Select(path => new WireTestCase(diagnosticMessageSink, display, options, testMethod, path)),
        ];
    }
}
