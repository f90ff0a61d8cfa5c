using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Which operators go with which fields.</summary>
internal static class FieldComparisons
{
    /// <summary>Fields of one class compare with each other.</summary>
    public static FieldClass ClassOf(NamedField field) => field.Kind switch
    {
        _ when field.Words is not null => FieldClass.Word,
        FieldKind.Text or FieldKind.List or FieldKind.Word or FieldKind.Measures => FieldClass.Text,
        FieldKind.Duration or FieldKind.Milliseconds => FieldClass.Duration,
        FieldKind.Time => FieldClass.Time,
        FieldKind.Ratio => FieldClass.Ratio,
        FieldKind.Flag => FieldClass.Flag,
        FieldKind.Address => FieldClass.Address,
        _ => FieldClass.Number,
    };

    /// <summary>With its article.</summary>
    public static string NameOf(NamedField field) => ClassOf(field) switch
    {
        FieldClass.Word => "one of a few words",
        FieldClass.Text => "a text",
        FieldClass.Duration => "a duration",
        FieldClass.Time => "a time",
        FieldClass.Ratio => "a ratio",
        FieldClass.Flag => "true or false",
        FieldClass.Address => "an address",
        _ => "a number",
    };

    /// <summary>Null where the operator goes with the field.</summary>
    public static string? WhyNot(NamedField field, FilterOperator comparison, bool isPair)
    {
        var kind = ClassOf(field);
        switch (comparison)
        {
            case FilterOperator.Contains when kind is not (FieldClass.Text or FieldClass.Word):
            case FilterOperator.Matches when kind is not (FieldClass.Text or FieldClass.Word):
                return $"'{FilterPrinter.Sign(comparison)}' goes with texts, and this is {NameOf(field)}: == != < <= > >= in go with it.";
            case FilterOperator.Matches when isPair:
                return "'matches' takes a regular expression in quotes, not a field.";
            case FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual
                when kind == FieldClass.Flag || (kind == FieldClass.Word && !field.IsOrdered):
                return $"'{FilterPrinter.Sign(comparison)}' needs an order, and this is {NameOf(field)}: == != in go with it.";
            default:
                return null;
        }
    }

    /// <summary>Null where "±" goes with the field and the operator.</summary>
    public static string? WhyNoTolerance(NamedField field, FilterOperator comparison) => ClassOf(field) switch
    {
        FieldClass.Text or FieldClass.Word or FieldClass.Flag or FieldClass.Address =>
            $"± goes with numbers, and this is {NameOf(field)}.",
        _ => WhyNoTolerance(comparison),
    };

    /// <summary>The same of an aggregate, which is always a number.</summary>
    public static string? WhyNoTolerance(FilterOperator comparison) => comparison is FilterOperator.Equal or FilterOperator.NotEqual
        ? null
        : $"± goes with == and !=; for '{FilterPrinter.Sign(comparison)}', move the bound.";
}

/// <summary>What values are, to a comparison.</summary>
internal enum FieldClass : byte
{
    Number,
    Text,
    Word,
    Flag,
    Duration,
    Time,
    Ratio,
    Address,
}
