using System.Collections;
using HttpWireAnalyzer.Capture;
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
        if (testMethod.Method.GetParameters().ToList() is not [{ ParameterType.Name: var type }] || type != typeof(WireCapture).FullName)
        {
            return [Refused($"[WireFact] takes a method with one parameter, a {nameof(WireCapture)}.")];
        }

        var patterns = ((IEnumerable)factAttribute.GetConstructorArguments().Single()).Cast<string>().ToList();
        var found = patterns.ConvertAll(pattern => (Pattern: pattern, Files: CaptureGlob.Find(AppContext.BaseDirectory, pattern)));
        return
        [
            .. found.Where(one => one.Files.Count == 0).Select(one => Refused($"No capture fits {one.Pattern} in {AppContext.BaseDirectory}.")),
            .. found.SelectMany(one => one.Files).Distinct(StringComparer.Ordinal)
                .Select(file => new WireTestCase(
                    diagnosticMessageSink, display, options, testMethod, Path.GetRelativePath(AppContext.BaseDirectory, file))),
        ];

        ExecutionErrorTestCase Refused(string why) => new(diagnosticMessageSink, display, options, testMethod, why);
    }
}
