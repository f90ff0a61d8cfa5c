using System.Text.Json;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Cli.Checks;
using HttpWireAnalyzer.Findings.Ports;

namespace HttpWireAnalyzer.UnitTests.Checks;

/// <summary>The JSON Schema has the keys that are read, and no others.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void Every_key_that_is_read_is_in_the_schema()
    {
        using var folder = new CheckFolder();
        var (code, output, _) = folder.Run("check", "--schema");
        Assert.Equal(0, code);
        using var schema = JsonDocument.Parse(output);
        var root = schema.RootElement;
        var definitions = root.GetProperty("$defs");
        var assertion = Keys(definitions.GetProperty("assertion"));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", root.GetProperty("$schema").GetString());
        Assert.Equal(SpecKeys.Root.Order(), Keys(root).Order());
        Assert.Equal(SpecKeys.Assertion.Order(), assertion.Order());
        Assert.Equal(SpecKeys.Require.Order(), Keys(root.GetProperty("properties").GetProperty("require")).Order());
        Assert.Equal(SpecKeys.Defaults.Order(), Keys(root.GetProperty("properties").GetProperty("defaults")).Order());
        Assert.Equal(SpecKeys.Findings.Order(), Keys(Property(definitions, "assertion", "findings")).Order());
        Assert.Equal(SpecKeys.AtLeast.Order(), Keys(Property(definitions, "assertion", "at_least")).Order());
        Assert.Equal(SpecKeys.Step.Order(), Keys(definitions.GetProperty("step")).Order());
        Assert.Equal(SpecKeys.Role.Order(), Keys(definitions.GetProperty("role").GetProperty("oneOf")[1]).Order());
        Assert.Equal(SpecKeys.Capture, Keys(definitions.GetProperty("capture").GetProperty("oneOf")[1]));
        Assert.Equal(RecordKinds.Names.Append("packets").Order(), Words(Property(definitions, "assertion", "select")).Order());
        Assert.Equal(PortProfile.All.Select(profile => profile.Name), Words(root.GetProperty("properties").GetProperty("profile")));
    }

    private static JsonElement Property(JsonElement definitions, string definition, string property) =>
        definitions.GetProperty(definition).GetProperty("properties").GetProperty(property);

    private static IEnumerable<string> Keys(JsonElement definition) =>
        definition.GetProperty("properties").EnumerateObject().Select(property => property.Name);

    private static IEnumerable<string> Words(JsonElement definition) =>
        definition.GetProperty("enum").EnumerateArray().Select(word => word.GetString()!);
}
