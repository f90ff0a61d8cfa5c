using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Cli.Findings;
using HttpWireAnalyzer.Cli.Yaml;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>What assertions have that do not say otherwise.</summary>
internal sealed record AssertionDefaults(OnEmpty OnEmpty, Severity Severity, int Evidence);

/// <summary>Reads the assertions of a spec.</summary>
internal sealed class AssertionReader(YamlValues values, RoleNames roles, IFindingRecords findings, AssertionDefaults defaults)
{
    public const int UsualEvidence = 5;

    private const int MostAssertions = 1000;
    private const int MostEvidence = 100;

    private readonly YamlSource _source = values.Source;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public IReadOnlyList<Assertion> Read(YamlNode node)
    {
        var list = node as YamlList ?? throw _source.Wrong(node, "a list is wanted here: - id: …");
        if (list.Items.Count is 0 or > MostAssertions)
        {
            throw _source.Wrong(node, $"1 to {MostAssertions} assertions are wanted here.");
        }

        return [.. list.Items.Select(ReadOne)];
    }

    public static OnEmpty OnEmptyOf(YamlValues values, YamlNode node) =>
        values.OneOf(node, ["fail", "pass", "inconclusive"], [OnEmpty.Fail, OnEmpty.Pass, OnEmpty.Inconclusive]);

    public static int EvidenceOf(YamlValues values, YamlNode node) => values.Count(node) is <= MostEvidence and var count
        ? (int)count
        : throw values.Source.Wrong(node, $"at most {MostEvidence} records are shown.");

    private Assertion ReadOne(YamlNode node)
    {
        var map = values.Map(node, SpecKeys.Assertion);
        var idNode = map.Find("id") ?? throw _source.Wrong(map, "id: is wanted: reports call the assertion by it.");
        var id = values.Text(idNode, "a name");
        if (!_ids.Add(id))
        {
            throw _source.Wrong(idNode, $"'{id}' is the id of another assertion too.");
        }

        Assertion read = map.Find("findings") is { } claim ? OfFindings(map, claim, id) : OfRecords(map, id);
        return read with
        {
            Severity = map.Find("severity") is { } severity ? values.SeverityOf(severity) : defaults.Severity,
            OnEmpty = EmptyOf(map),
            Shown = map.Find("evidence") is { } evidence ? EvidenceOf(values, evidence) : defaults.Evidence,
            Because = map.Find("because") is { } because ? values.Text(because, "a reason") : null,
        };
    }

    private OnEmpty EmptyOf(YamlMap map)
    {
        var given = map.Find("on_empty");
        var allowed = map.Find("allow_empty");
        if (given is not null && allowed is not null)
        {
            throw _source.Wrong(allowed, "allow_empty: true is on_empty: pass; one of the two is enough.");
        }

        return given is not null ? OnEmptyOf(values, given)
            : allowed is not null && values.Flag(allowed) ? OnEmpty.Pass
            : defaults.OnEmpty;
    }

    private FindingsAssertion OfFindings(YamlMap map, YamlNode claim, string id)
    {
        if (map.Entries.FirstOrDefault(entry => entry.Key.Value is "select" or "where" || SpecKeys.Claims.Contains(entry.Key.Value)).Key is { } other)
        {
            throw _source.Wrong(other, $"findings: is a claim of its own; {other.Value}: goes with select:.");
        }

        var said = values.Map(claim, SpecKeys.Findings);
        if (said.Find("severity") is { } lone && said.Find("new_since") is null)
        {
            throw _source.Wrong(lone, "severity: goes with new_since:; what is less bad is passed over there alone.");
        }

        var assertion = new FindingsAssertion
        {
            Id = id,
            Line = map.Line,
            None = said.Find("none") is { } none ? [.. YamlValues.Items(none).Select(values.Rule)] : [],
            Max = said.Find("max") is { } max ? MaxOf(max) : [],
            Known = said.Find("new_since") is { } file ? BaselineOf(file) : null,
            LeastNew = said.Find("severity") is { } least ? values.SeverityOf(least) : Severity.Note,
        };
        return assertion.None.Count == 0 && assertion.Max.Count == 0 && assertion.Known is null
            ? throw _source.Wrong(claim, "none: [HWA-K001], max: {HWA-R004: 2} or new_since: FILE is wanted here.")
            : assertion;
    }

    private List<(RuleCard Rule, int Most)> MaxOf(YamlNode node)
    {
        var map = node as YamlMap ?? throw _source.Wrong(node, "rules and numbers are wanted here: {HWA-R004: 2}.");
        var bounds = new List<(RuleCard Rule, int Most)>();
        foreach (var (key, most) in map.Entries)
        {
            // HWA-K002 and K002 are two keys, and one rule.
            var rule = values.Rule(key);
            bounds.Add(bounds.Exists(bound => bound.Rule == rule)
                ? throw _source.Wrong(key, $"{rule.Id} stands here twice.")
                : (rule, MostOf(most)));
        }

        return bounds;
    }

    /// <summary>More findings of a rule than are kept could not be counted.</summary>
    private int MostOf(YamlNode node) => values.Count(node) is var most && most < FindingLimits.Default.FindingsOfRule
        ? (int)most
        : throw _source.Wrong(node, $"of one rule, {FindingLimits.Default.FindingsOfRule} findings are kept: a smaller bound is wanted.");

    private Baseline BaselineOf(YamlNode node)
    {
        var path = values.Text(node, "a file that hwa findings --json wrote");
        try
        {
            return Baseline.Read(Path.Combine(Path.GetDirectoryName(_source.Path) ?? "", path));
        }
        catch (UsageException error)
        {
            throw _source.Wrong(node, error.Message);
        }
    }

    private RecordsAssertion OfRecords(YamlMap map, string id)
    {
        var select = map.Find("select") ?? throw _source.Wrong(map, "select: or findings: is wanted: what is the claim about?");
        var kind = KindOf(select);
        var scope = RecordKinds.ScopeOf(kind, findings);
        var where = map.Find("where") is { } filter ? Bind(filter, kind, scope, out _) : null;
        List<(YamlScalar Key, YamlNode Value)> claims = [.. map.Entries.Where(entry => SpecKeys.Claims.Contains(entry.Key.Value))];
        if (claims.Count != 1)
        {
            throw _source.Wrong(claims.Count == 0 ? map : claims[1].Key, claims.Count == 0
                ? $"what is claimed? One of {string.Join(", ", SpecKeys.Claims)} is wanted."
                : "an assertion makes one claim: write another assertion for the other.");
        }

        var (key, claim) = claims[0];
        RecordsAssertion read = key.Value switch
        {
            "expect" => Expect(claim, kind, scope, id, map.Line),
            "sequence" => Sequence(key, claim, kind, id, map.Line),
            "at_least" => AtLeast(claim, kind, scope, id, map.Line),
            "any" => Filter(claim, Fitting.Any, kind, scope, id, map.Line),
            "none" => Filter(claim, Fitting.None, kind, scope, id, map.Line),
            _ => Filter(claim, Fitting.Each, kind, scope, id, map.Line),
        };
        return read with { Where = where };
    }

    private SequenceAssertion Sequence(YamlScalar key, YamlNode claim, RecordKind kind, string id, int line) =>
        kind == RecordKind.Connections
            ? new SequenceAssertion { Id = id, Line = line, Kind = kind, Steps = new SequenceReader(values).Read(claim) }
            : throw _source.Wrong(key, "a sequence is one of a connection: select: connections.");

    private FilterAssertion AtLeast(YamlNode claim, RecordKind kind, FilterScope scope, string id, int line)
    {
        var map = values.Map(claim, SpecKeys.AtLeast);
        var of = map.Find("of") ?? throw _source.Wrong(claim, "of: is wanted here: which records?");
        var n = map.Find("n") ?? throw _source.Wrong(claim, "n: is wanted here: how many?");
        return Filter(of, Fitting.AtLeast, kind, scope, id, line) with { Least = values.Count(n, least: 1) };
    }

    private RecordKind KindOf(YamlNode node) => node switch
    {
        YamlScalar { Value: "packets" } => RecordKind.Segments,
        _ => values.OneOf(node, RecordKinds.Names, Enum.GetValues<RecordKind>()),
    };

    private FilterAssertion Filter(YamlNode node, Fitting fitting, RecordKind kind, FilterScope scope, string id, int line)
    {
        var filter = Bind(node, kind, scope, out var written);
        return new FilterAssertion
        {
            Id = id,
            Line = line,
            Kind = kind,
            Fitting = fitting,
            Filter = filter,
            Text = ((YamlScalar)node).Value,
            Told = [.. scope.AtHand.SelectMany(set => FilterNames.FieldsOf(written, set))],
        };
    }

    private ExpectAssertion Expect(YamlNode node, RecordKind kind, FilterScope scope, string id, int line)
    {
        var text = values.Scalar(node, "an expectation such as 'count() <= 4'");
        var expression = Parse(text, kind);
        var expectation = ExpectationBinder.Bind(expression, text.Value, scope, out var error);
        return new ExpectAssertion
        {
            Id = id,
            Line = line,
            Kind = kind,
            Expectation = expectation ?? throw _source.Wrong(text, error!),
            Text = text.Value,
        };
    }

    private BoundFilter Bind(YamlNode node, RecordKind kind, FilterScope scope, out FilterExpression written)
    {
        var text = values.Scalar(node, "a filter such as 'conn.requests > 1'");
        written = Parse(text, kind);
        return FilterBinder.Bind(written, scope, out var error) ?? throw _source.Wrong(text, error!);
    }

    /// <summary>Roles are written out.</summary>
    private FilterExpression Parse(YamlScalar text, RecordKind kind)
    {
        var expression = FilterParser.Parse(text.Value, out var error) ?? throw _source.Wrong(text, error!);
        return roles.Expand(expression, kind, out error) ?? throw _source.Wrong(text, error!);
    }
}
