using HttpWireAnalyzer.Query;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.Checks;

/// <summary>
/// Lets expressions name the ends of connections by their roles: conn.to == "app" stands for what the spec says of app.
/// The names are written out before the expression is bound; there are no such fields.
/// </summary>
public sealed class RoleNames
{
    private readonly Dictionary<string, IReadOnlyList<RoleEndpoint>> _roles = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _roles.Keys;

    /// <param name="alternatives">It is any of these.</param>
    public void Add(string name, IReadOnlyList<RoleEndpoint> alternatives) => _roles.Add(name, alternatives);

    /// <summary>Null, with <paramref name="error"/>, where it names a role that there is not.</summary>
    public FilterExpression? Expand(FilterExpression expression, RecordKind kind, out FilterError? error)
    {
        error = null;
        return Expand(expression, FieldsOf(kind), ref error);
    }

    private static Ends FieldsOf(RecordKind kind) => kind switch
    {
        RecordKind.Pools => new Ends("pool.client", null, "pool.server.address", "pool.server.port"),
        RecordKind.Ports => new Ends("port.client", null, "port.server.address", "port.server.port"),
        RecordKind.Findings => new Ends("finding.client", null, "finding.server.address", "finding.server.port"),
        _ => new Ends("client.address", "client.port", "server.address", "server.port"),
    };

    private FilterExpression? Expand(FilterExpression expression, Ends ends, ref FilterError? error)
    {
        switch (expression)
        {
            case FilterAnd and:
                return Expand(and.Left, ends, ref error) is { } left && Expand(and.Right, ends, ref error) is { } right
                    ? new FilterAnd(left, right)
                    : null;
            case FilterOr or:
                return Expand(or.Left, ends, ref error) is { } one && Expand(or.Right, ends, ref error) is { } other
                    ? new FilterOr(one, other)
                    : null;
            case FilterNot not:
                return Expand(not.Operand, ends, ref error) is { } operand ? not with { Operand = operand } : null;
            case FilterRecord record:
                return Expand(record.Inner, ends, ref error) is { } inner ? record with { Inner = inner } : null;
            case FilterAggregate { Argument: { } argument } aggregate:
                return Expand(argument, ends, ref error) is { } each ? aggregate with { Argument = each } : null;
            case FilterComparison comparison when SideOf(comparison.Field.Name) is { } side:
                return Comparison(comparison, side, ends, ref error);
            case FilterMembership membership when SideOf(membership.Field.Name) is { } side:
                return Any(membership.Ranges.Select(range => range.Low), membership.Span, side, ends, ref error);
            case FilterPresence presence when SideOf(presence.Field.Name) is not null:
                return Fail(presence.Span, $"{presence.Field.Name} is compared with a role: {presence.Field.Name} == \"app\".", ref error);
            default:
                return expression;
        }
    }

    private static RoleSide? SideOf(string name) => name switch
    {
        "conn.to" or "pool.to" => RoleSide.To,
        "conn.from" or "pool.from" => RoleSide.From,
        _ => null,
    };

    private FilterExpression? Comparison(FilterComparison comparison, RoleSide side, Ends ends, ref FilterError? error)
    {
        if (comparison.Operator is not (FilterOperator.Equal or FilterOperator.NotEqual))
        {
            return Fail(comparison.Span, $"a role is compared with == or !=, not with an order or a pattern.", ref error);
        }

        var expanded = Any([comparison.Value], comparison.Span, side, ends, ref error);
        return expanded is not null && comparison.Operator == FilterOperator.NotEqual
            ? new FilterNot(expanded, comparison.Span)
            : expanded;
    }

    private FilterExpression? Any(
        IEnumerable<FilterLiteral> names, FilterSpan span, RoleSide side, Ends ends, ref FilterError? error)
    {
        FilterExpression? any = null;
        foreach (var name in names)
        {
            if (!_roles.TryGetValue(name.Text, out var alternatives))
            {
                return Fail(name.Span, $"no such role: {name.Text}.{Suggestion.For(name.Text, Names)} {Known()}", ref error);
            }

            foreach (var alternative in alternatives)
            {
                if (One(alternative, span, side, ends) is not { } one)
                {
                    return Fail(name.Span, $"the role {name.Text} has a port, and clients of these records have none.", ref error);
                }

                any = any is null ? one : new FilterOr(any, one);
            }
        }

        return any;
    }

    private string Known() => _roles.Count == 0 ? "The spec has no roles." : $"There are {string.Join(", ", Names)}.";

    private static FilterExpression? One(RoleEndpoint endpoint, FilterSpan span, RoleSide side, Ends ends)
    {
        var (address, port) = side == RoleSide.To ? (ends.ServerAddress, ends.ServerPort) : (ends.ClientAddress, ends.ClientPort);
        if (endpoint.Port is not null && port is null)
        {
            return null;
        }

        var byAddress = endpoint.Address is null ? null : Equal(address, endpoint.Address, span);
        var byPort = endpoint.Port is null ? null : Equal(port!, endpoint.Port, span);
        return byAddress is null ? byPort : byPort is null ? byAddress : new FilterAnd(byAddress, byPort);
    }

    private static FilterComparison Equal(string field, string value, FilterSpan span) => new(
        FilterQuantifier.Unsaid,
        new FilterOperand(field, null, span),
        FilterOperator.Equal,
        new FilterLiteral(value, IsQuoted: true, span),
        span);

    private static FilterExpression? Fail(FilterSpan span, string message, ref FilterError? error)
    {
        error ??= new FilterError(message, span);
        return null;
    }

    private enum RoleSide : byte
    {
        From,
        To,
    }

    /// <summary>The fields that the ends of a kind of record have.</summary>
    private sealed record Ends(string ClientAddress, string? ClientPort, string ServerAddress, string ServerPort);
}

/// <summary>Whom a role can be: at least one of the two is given.</summary>
/// <param name="Address">An address or a network.</param>
public sealed record RoleEndpoint(string? Address, string? Port);
