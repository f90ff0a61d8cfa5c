namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>The JSON Schema of specs, which the program carries.</summary>
internal static class CheckSchema
{
    public static string Text()
    {
        using var schema = typeof(CheckSchema).Assembly.GetManifestResourceStream("check.schema.json")
            ?? throw new InvalidOperationException("docs/check.schema.json is not in the program");
        using var reader = new StreamReader(schema);
        return reader.ReadToEnd();
    }
}
