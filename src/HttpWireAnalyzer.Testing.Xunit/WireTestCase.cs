using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace HttpWireAnalyzer.Testing.Xunit;

/// <summary>A fact about one capture. What is kept of it, and shown, is the capture's path: it is opened when the test runs.</summary>
public sealed class WireTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("xunit calls it before it reads what was kept.")]
    public WireTestCase()
    {
    }

    /// <param name="path">Relative to the folder of the test's assembly.</param>
    public WireTestCase(
        IMessageSink diagnosticMessageSink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod testMethod, string path)
        : base(diagnosticMessageSink, display, options, testMethod, [path])
    {
    }

    public override Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink, IMessageBus messageBus, object[] constructorArguments, ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource) =>
        new CaseRunner(this, constructorArguments, messageBus, aggregator, cancellationTokenSource).RunAsync();

    private sealed class CaseRunner(
        WireTestCase testCase, object[] constructorArguments, IMessageBus messageBus, ExceptionAggregator aggregator,
        CancellationTokenSource cancellation)
        : XunitTestCaseRunner(
            testCase, testCase.DisplayName, testCase.SkipReason, constructorArguments, testCase.TestMethodArguments, messageBus, aggregator, cancellation)
    {
        protected override XunitTestRunner CreateTestRunner(
            ITest test, IMessageBus messageBus, Type testClass, object[] constructorArguments, System.Reflection.MethodInfo testMethod,
            object[] testMethodArguments, string skipReason, IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
            ExceptionAggregator aggregator, CancellationTokenSource cancellationTokenSource) =>
            new OpeningRunner(
                test, messageBus, testClass, constructorArguments, testMethod, testMethodArguments, skipReason, beforeAfterAttributes,
                aggregator, cancellationTokenSource);
    }

    /// <summary>Opens the capture as a part of the test: one that cannot be read fails it.</summary>
    private sealed class OpeningRunner(
        ITest test, IMessageBus messageBus, Type testClass, object[] constructorArguments, System.Reflection.MethodInfo testMethod,
        object[] testMethodArguments, string skipReason, IReadOnlyList<BeforeAfterTestAttribute> beforeAfterAttributes,
        ExceptionAggregator aggregator, CancellationTokenSource cancellation)
        : XunitTestRunner(
            test, messageBus, testClass, constructorArguments, testMethod, testMethodArguments, skipReason, beforeAfterAttributes,
            aggregator, cancellation)
    {
        protected override async Task<decimal> InvokeTestMethodAsync(ExceptionAggregator aggregator)
        {
            var path = (string)TestMethodArguments[0];
            aggregator.Run(() => TestMethodArguments = [FactCaptures.Open(path)]);
            return aggregator.HasExceptions ? 0 : await base.InvokeTestMethodAsync(aggregator);
        }
    }
}
