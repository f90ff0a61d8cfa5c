using System.Globalization;
using System.Text.RegularExpressions;
using HttpWireAnalyzer.Checks;
using HttpWireAnalyzer.Cli.Yaml;
using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.Cli.Checks;

/// <summary>Reads the steps of a sequence.</summary>
internal sealed class SequenceReader(YamlValues values)
{
    private static readonly string[] Events = ["syn", "syn-ack", "request", "response", "fin", "rst"];

    /// <summary>Header fields that concern the connection: hwa keeps their lines, and Host's.</summary>
    private static readonly string[] Headers = ["connection", "keep-alive", "content-length", "transfer-encoding", "upgrade", "host"];

    private readonly YamlSource _source = values.Source;

    public IReadOnlyList<SequenceStep> Read(YamlNode node)
    {
        var list = node as YamlList ?? throw _source.Wrong(node, "a list of steps is wanted here: - {from: server, is: fin}");
        if (list.Items.Count is 0 or > SequenceSteps.Most)
        {
            throw _source.Wrong(node, $"a sequence has 1 to {SequenceSteps.Most} steps.");
        }

        return [.. list.Items.Select((step, place) => Step(step, isFirst: place == 0))];
    }

    private SequenceStep Step(YamlNode node, bool isFirst)
    {
        var map = values.Map(node, SpecKeys.Step);
        var (none, comes) = (map.Find("none"), map.Find("is"));
        if ((none is null) == (comes is null))
        {
            throw _source.Wrong(map, "a step has is: (what comes) or none: (what must not come), one of them.");
        }

        var kind = (WireEventKind)values.OneOf(none ?? comes!, Events, [0, 1, 2, 3, 4, 5]);
        var within = map.Find("within");
        if (within is not null && (none is not null || isFirst))
        {
            throw _source.Wrong(within, "within: counts from the step before, and goes with what comes.");
        }

        return new SequenceStep
        {
            Event = kind,
            From = map.Find("from") is { } from ? values.OneOf(from, ["client", "server"], [Side.Client, Side.Server]) : null,
            IsNone = none is not null,
            Within = within is null ? null : values.Duration(within),
            Where = Where(map, kind),
            Text = TextOf(map, none is not null, Events[(int)kind]),
        };
    }

    private BoundFilter? Where(YamlMap map, WireEventKind kind)
    {
        FilterExpression? all = null;
        var isMessage = kind is WireEventKind.Request or WireEventKind.Response;
        if (map.Find("header") is { } header)
        {
            all = isMessage ? HeaderOf(header, kind == WireEventKind.Request ? "request" : "response") : throw OnlyMessages(header);
        }

        if (map.Find("where") is { } where)
        {
            var text = isMessage ? values.Scalar(where, "a filter about the exchange") : throw OnlyMessages(where);
            var written = FilterParser.Parse(text.Value, out var wrong) ?? throw _source.Wrong(text, wrong!);
            _ = FilterBinder.Bind(written, SequenceSteps.Scope, out wrong);
            if (wrong is not null)
            {
                throw _source.Wrong(text, wrong);
            }

            all = all is null ? written : new FilterAnd(all, written);
        }

        return all is null ? null : FilterBinder.Bind(all, SequenceSteps.Scope, out _);
    }

    private YamlFileException OnlyMessages(YamlNode node) => _source.Wrong(node, "only requests and responses have it.");

    private FilterExpression? HeaderOf(YamlNode node, string message)
    {
        FilterExpression? all = null;
        foreach (var (name, value) in values.Map(node, Headers).Entries)
        {
            if (name.Value == "host" && message == "response")
            {
                throw _source.Wrong(name, "Host is a field of requests.");
            }

            // One element of a list, in any case (RFC 9110 §5.6.1); parameters may follow it.
            var element = Regex.Escape(values.Text(value, "a value"));
            var comparison = new FilterComparison(
                FilterQuantifier.Unsaid,
                new FilterOperand($"http.{message}.header.{name.Value.Replace('-', '_')}", null, default),
                FilterOperator.Matches,
                new FilterLiteral($@"(^|[\s,]){element}($|[\s,;])", IsQuoted: true, default),
                default);
            all = all is null ? comparison : new FilterAnd(all, comparison);
        }

        return all;
    }

    private static string TextOf(YamlMap map, bool isNone, string name)
    {
        var text = (isNone ? "no " : "") + name;
        text += map.Find("from") is YamlScalar from ? $" from {from.Value}" : "";
        if (map.Find("header") is YamlMap header)
        {
            text += " with " + string.Join(", ", header.Entries.Select(entry => string.Create(
                CultureInfo.InvariantCulture, $"{entry.Key.Value}: {(entry.Value as YamlScalar)?.Value}")));
        }

        text += map.Find("where") is YamlScalar where ? $" where {where.Value}" : "";
        return PrintableText.Of(text + (map.Find("within") is YamlScalar within ? $" within {within.Value}" : ""));
    }
}
