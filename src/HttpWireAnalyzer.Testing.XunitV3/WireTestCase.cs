using System.ComponentModel;
using Xunit.v3;

namespace HttpWireAnalyzer.Testing.Xunit;

/// <summary>A fact about one capture. What is kept of it, and shown, is the capture's path: it is opened when the test runs.</summary>
public sealed class WireTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("xunit calls it before it reads what was kept.")]
    public WireTestCase()
    {
    }

    /// <param name="path">Relative to the folder of the test's assembly. The rest is xunit's.</param>
    public WireTestCase(
        IXunitTestMethod testMethod, string testCaseDisplayName, string uniqueID, bool @explicit, Type[]? skipExceptions, string? skipReason,
        Type? skipType, string? skipUnless, string? skipWhen, Dictionary<string, HashSet<string>> traits, string path,
        string? sourceFilePath, int? sourceLineNumber, int timeout)
        : base(
            testMethod, testCaseDisplayName, uniqueID, @explicit, skipExceptions, skipReason, skipType, skipUnless, skipWhen, traits, [path],
            sourceFilePath, sourceLineNumber, timeout)
    {
    }

    /// <summary>Opens the capture as a part of the test: one that cannot be read fails it.</summary>
    public override ValueTask<IReadOnlyCollection<IXunitTest>> CreateTests()
    {
        var capture = FactCaptures.Open((string)TestMethodArguments[0]!);
        return ValueTask.FromResult<IReadOnlyCollection<IXunitTest>>(
        [
            new XunitTest(
                this, TestMethod, Explicit, SkipReason, SkipType, SkipUnless, SkipWhen, TestCaseDisplayName, testIndex: 0,
                Traits.ToDictionary(trait => trait.Key, IReadOnlyCollection<string> (trait) => trait.Value, StringComparer.OrdinalIgnoreCase),
                Timeout, [capture], testLabel: null, disableParallelization: false),
        ]);
    }
}
