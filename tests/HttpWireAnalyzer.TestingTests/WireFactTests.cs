using HttpWireAnalyzer.Testing;
using HttpWireAnalyzer.Testing.Xunit;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace HttpWireAnalyzer.TestingTests;

public sealed class WireFactTests
{
    [Fact]
    public void Each_capture_that_fits_is_a_test_case_once()
    {
        var cases = Discover(nameof(Facts.Of_both));
        Assert.Equal(["captures/checkout-1.pcapng", "captures/checkout-2.pcapng"], cases.Select(one => one.TestMethodArguments[0]));
        Assert.Equal(2, cases.Select(one => one.UniqueID).Distinct().Count());
    }

    [Theory]
    [InlineData(nameof(Facts.Of_none), "No capture fits captures/no-such-*.pcapng")]
    [InlineData(nameof(Facts.Of_nothing), "takes a method with one parameter")]
    public void What_cannot_be_run_is_an_error_and_no_pass(string method, string why) =>
        Assert.Contains(why, Assert.IsType<ExecutionErrorTestCase>(Assert.Single(Discover(method))).ErrorMessage);

    [Fact]
    public async Task A_capture_that_cannot_be_read_fails_its_test()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "captures", "broken.txt");
        await File.WriteAllTextAsync(path, "no capture");
        try
        {
            using var bus = new MessageBus(new NullMessageSink());
            var summary = await Assert.Single(Discover(nameof(Facts.Of_a_broken_one)))
                .RunAsync(new NullMessageSink(), bus, [], new ExceptionAggregator(), new CancellationTokenSource());
            Assert.Equal((1, 1), (summary.Total, summary.Failed));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static List<IXunitTestCase> Discover(string name)
    {
        var method = typeof(Facts).GetMethod(name)!;
        var type = Reflector.Wrap(typeof(Facts));
        var collection = new TestCollection(new TestAssembly(Reflector.Wrap(typeof(Facts).Assembly)), null, "facts");
        var attribute = Reflector.Wrap(method.GetCustomAttributesData().Single(data => data.AttributeType == typeof(WireFactAttribute)));
        return
        [
            .. new WireFactDiscoverer(new NullMessageSink()).Discover(
                new UsualOptions(), new TestMethod(new TestClass(collection, type), Reflector.Wrap(method)), attribute),
        ];
    }

#pragma warning disable xUnit1000 // Not public, so that xunit does not find what these tests look for.
    private sealed class Facts
#pragma warning restore xUnit1000
    {
        [WireFact("captures/checkout-*.pcapng", "captures/checkout-1.pcapng")]
        public void Of_both(WireCapture capture) => Assert.NotEmpty(capture.Connections);

        [WireFact("captures/no-such-*.pcapng")]
        public void Of_none(WireCapture capture) => Assert.NotEmpty(capture.Connections);

        [WireFact("captures/checkout-*.pcapng")]
        public void Of_nothing() => Assert.Fail("is not run");

        [WireFact("captures/broken.txt")]
        public void Of_a_broken_one(WireCapture capture) => Assert.NotEmpty(capture.Connections);
    }

    private sealed class UsualOptions : ITestFrameworkDiscoveryOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value)
        {
        }
    }
}
