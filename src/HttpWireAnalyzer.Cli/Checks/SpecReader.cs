using System.Globalization;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Cli.Yaml;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Findings.Ports;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>A spec's file: what is claimed, and of which captures.</summary>
/// <param name="Captures">Paths and patterns, with their places; relative to the spec's folder.</param>
internal sealed record SpecFile(string Path, YamlSource Source, CheckSpec Spec, IReadOnlyList<YamlScalar> Captures);

/// <summary>Makes a spec out of a file; whatever it does not know is an error, with its place.</summary>
internal sealed class SpecReader
{
    private static readonly YamlKind Kind = new("a spec", "version: 1");

    private readonly string _path;
    private readonly YamlMap _root;
    private readonly YamlValues _values;

    private SpecReader(string path)
    {
        _path = path;
        _root = YamlFile.Read(path, Kind, out var source) ?? throw new YamlFileException(
            $"{path}:1:1: the spec is empty: version: 1, captures and assertions are wanted.", []);
        _values = new YamlValues(source);
    }

    private YamlSource Source => _values.Source;

    /// <param name="findings">Of what is asked of findings.</param>
    /// <param name="rules">Thresholds as they are without the spec.</param>
    /// <exception cref="YamlFileException">It is no spec.</exception>
    public static SpecFile Read(string path, IFindingRecords findings, RuleSettings rules) =>
        new SpecReader(path).Read(findings, rules);

    private SpecFile Read(IFindingRecords findings, RuleSettings rules)
    {
        _values.Map(_root, SpecKeys.Root);
        ReadVersion();
        var defaults = Defaults(_root.Find("defaults"));
        var assertions = new AssertionReader(_values, Roles(_root.Find("roles")), findings, defaults);
        var spec = new CheckSpec
        {
            Name = _root.Find("name") is { } name ? _values.Text(name, "a name") : Path.GetFileName(_path),
            Require = Require(_root.Find("require")),
            Ports = Profile(_root.Find("profile")),
            Rules = RuleThresholds.Of(_root.Find("rules"), _values, rules),
            Assertions = assertions.Read(_root.Find("assertions") ?? throw Source.Wrong(_root, "what is claimed? assertions: is wanted.")),
        };
        return new SpecFile(_path, Source, spec, Captures(_root.Find("captures")));
    }

    private void ReadVersion()
    {
        var version = _root.Find("version") ?? throw Source.Wrong(_root, "version: 1 is wanted: it says how the spec is read.");
        if (version is not YamlScalar { Value: "1" })
        {
            throw Source.Wrong(version, "this hwa reads version 1.");
        }
    }

    private List<YamlScalar> Captures(YamlNode? node)
    {
        var captures = new List<YamlScalar>();
        foreach (var item in node is null ? [] : YamlValues.Items(node))
        {
            if (item is YamlMap map)
            {
                if (map.Entries.FirstOrDefault(entry => entry.Key.Value == "keylog").Key is { } keylog)
                {
                    throw Source.Wrong(keylog, "hwa does not decrypt TLS: what is claimed of encrypted octets could not be judged.");
                }

                _values.Map(map, SpecKeys.Capture);
                captures.Add(_values.Scalar(map.Find("path") ?? throw Source.Wrong(map, "path: is wanted here."), "a path"));
                continue;
            }

            captures.Add(_values.Scalar(item, "a path, or a pattern such as captures/*.pcapng,"));
        }

        return captures;
    }

    private RoleNames Roles(YamlNode? node)
    {
        var roles = new RoleNames();
        foreach (var (name, value) in node is null ? [] : (node as YamlMap ?? throw Source.Wrong(node, "names and addresses are wanted here, such as lb: 10.0.0.0/24.")).Entries)
        {
            roles.Add(name.Value, [.. YamlValues.Items(value).Select(Role)]);
        }

        return roles;
    }

    private RoleEndpoint Role(YamlNode node)
    {
        if (node is not YamlMap)
        {
            return new RoleEndpoint(Checked(node, "server.address", " A port stands beside it, as {address: 10.0.0.1, port: 8080}, or alone."), null);
        }

        var map = _values.Map(node, SpecKeys.Role);
        return map.Entries.Count == 0
            ? throw Source.Wrong(map, "address:, port: or both are wanted here.")
            : new RoleEndpoint(
                map.Find("address") is { } address ? Checked(address, "server.address") : null,
                map.Find("port") is { } port ? Port(port) : null);
    }

    private string Port(YamlNode node)
    {
        var text = Checked(node, "server.port");
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > ushort.MaxValue
            ? throw Source.Wrong(node, $"a port is wanted here, 0 to {ushort.MaxValue}, not '{text}'.")
            : text;
    }

    /// <summary>A value that this field can be compared with.</summary>
    /// <param name="more">What else is to be said where it cannot.</param>
    private string Checked(YamlNode node, string field, string more = "")
    {
        var text = _values.Text(node, field == "server.port" ? "a port" : "an address or a network");
        var comparison = new FilterComparison(
            FilterQuantifier.Unsaid,
            new FilterOperand(field, null, default),
            FilterOperator.Equal,
            new FilterLiteral(text, IsQuoted: true, default),
            default);
        _ = FilterBinder.Bind(comparison, FilterScope.Connections, out var error);
        return error is null ? text : throw Source.Wrong(node, error.Message + more);
    }

    private PortProfile Profile(YamlNode? node) => node is null ? PortProfile.Linux : _values.OneOf(
        node,
        [.. PortProfile.All.Select(one => one.Name)],
        PortProfile.All,
        " It says whose ports select: ports means; a time of a balancer or server is a claim, such as conn.idle.before_close > 60s.");

    private Requirements Require(YamlNode? node)
    {
        if (node is null)
        {
            return new Requirements();
        }

        var map = _values.Map(node, SpecKeys.Require);
        return new Requirements
        {
            Dropped = CountOf(map, "dropped"),
            Gaps = CountOf(map, "gaps"),
            BothDirections = map.Find("both_directions") is { } both && _values.Flag(both),
            CompleteFile = map.Find("complete_file") is { } complete && _values.Flag(complete),
            MinConnections = CountOf(map, "min_connections"),
            MinExchanges = CountOf(map, "min_exchanges"),
            MinDuration = map.Find("duration") is { } duration ? _values.DurationAtLeast(duration) : null,
        };
    }

    private long? CountOf(YamlMap map, string key) => map.Find(key) is { } node ? _values.Count(node) : null;

    private AssertionDefaults Defaults(YamlNode? node)
    {
        var defaults = new AssertionDefaults(OnEmpty.Fail, Severity.Error, AssertionReader.UsualEvidence);
        if (node is null)
        {
            return defaults;
        }

        var map = _values.Map(node, SpecKeys.Defaults);
        return new AssertionDefaults(
            map.Find("on_empty") is { } empty ? AssertionReader.OnEmptyOf(_values, empty) : defaults.OnEmpty,
            map.Find("severity") is { } severity ? _values.SeverityOf(severity) : defaults.Severity,
            map.Find("evidence") is { } evidence ? AssertionReader.EvidenceOf(_values, evidence) : defaults.Evidence);
    }
}
