using HttpWireAnalyzer.Query.Fields;

namespace HttpWireAnalyzer.Query.Filter;

/// <summary>Makes the question of a comparison out of a field and what is written beside it.</summary>
internal sealed class LiteralBinder
{
    private const string Backwards = "a range goes from the lower value to the higher.";

    /// <summary>More are no message, but a list.</summary>
    private const int MostWordsTold = 64;

    /// <summary>The first one.</summary>
    public FilterError? Error { get; private set; }

    /// <summary>Null, with <see cref="Error"/>, where operator or value do not go with the field.</summary>
    public Func<ulong, FilterAtom>? Comparison(NamedField field, FilterComparison comparison)
    {
        var (operand, sign, literal) = (comparison.Field, comparison.Operator, comparison.Value);
        if (operand.Slice is not null && literal.Tolerance is { } none)
        {
            return Fail(none.Span, "a part of a text is that text, or is not: ± goes with numbers.");
        }

        if (operand.Slice is { } slice)
        {
            var isWhole = sign is FilterOperator.Equal or FilterOperator.NotEqual;
            return HasParts(field, operand)
                && (sign == FilterOperator.Matches ? literal.Text : PartOf(field, slice, literal, isWhole)) is { } part
                ? Part(field, slice, TestOf(operand, sign, literal with { Text = part }))
                : null;
        }

        if (FieldComparisons.WhyNot(field, sign, isPair: false) is { } wrong)
        {
            return Fail(comparison.Span, wrong);
        }

        if (literal.Tolerance is { } tolerance && FieldComparisons.WhyNoTolerance(field, sign) is { } impossible)
        {
            return Fail(tolerance.Span, impossible);
        }

        switch (FieldComparisons.ClassOf(field))
        {
            case FieldClass.Text:
                return TestOf(operand, sign, literal) is { } test ? bit => new TextAtom(bit, test, null) : null;
            case FieldClass.Word:
                return Accepted(field, sign, literal) is { } words ? bit => new WordAtom(bit, words) : null;
            default:
                return Number(field, literal) is { } number ? Numbers(field, RangeSet.Of(sign, number)) : null;
        }
    }

    public Func<ulong, FilterAtom>? Membership(NamedField field, FilterMembership membership)
    {
        if (membership.Field.Slice is { } slice)
        {
            return HasParts(field, membership.Field)
                && TextsOf(membership.Ranges, (literal, isWhole) => PartOf(field, slice, literal, isWhole)) is { } parts
                ? Part(field, slice, parts)
                : null;
        }

        switch (FieldComparisons.ClassOf(field))
        {
            case FieldClass.Text:
                return TextsOf(membership.Ranges, (literal, _) => literal.Text) is { } test ? bit => new TextAtom(bit, test, null) : null;
            case FieldClass.Word:
                return WordsOf(field, membership.Ranges) is { } words ? bit => new WordAtom(bit, words) : null;
            default:
                return NumbersOf(field, membership.Ranges) is { } numbers ? Numbers(field, numbers) : null;
        }
    }

    private static bool IsAddress(NamedField field) => field.Kind == FieldKind.Address;

    private static Func<ulong, FilterAtom> Numbers(NamedField field, RangeSet numbers) => IsAddress(field)
        ? bit => new AddressAtom(bit, field.Family, numbers)
        : bit => new NumberAtom(bit, numbers);

    private static Func<ulong, FilterAtom>? Part(NamedField field, FilterSlice slice, TextTest? test) => test is null ? null
        : IsAddress(field) ? bit => new AddressPartAtom(bit, field.Family, slice, test)
        : bit => new TextAtom(bit, test, slice);

    private bool HasParts(NamedField field, FilterOperand operand)
    {
        var hasParts = FieldComparisons.ClassOf(field) is FieldClass.Text or FieldClass.Address;
        if (!hasParts)
        {
            Fail(operand.Span, $"only texts and addresses have parts, and {operand.Name} is {FieldComparisons.NameOf(field)}.");
        }

        return hasParts;
    }

    /// <summary>Octets of an address are written as in a hardware address: 0a:00.</summary>
    /// <param name="isWhole">It is to be the part itself, so that another length never fits.</param>
    private string? PartOf(NamedField field, FilterSlice slice, FilterLiteral literal, bool isWhole)
    {
        var part = IsAddress(field) ? LiteralReader.Octets(literal.Text) : literal.Text;
        if (part is null)
        {
            Fail(literal.Span, $"octets in hexadecimal such as c0:a8 are wanted here, not '{literal.Text}'.");
            return null;
        }

        var (length, unit) = IsAddress(field) ? ((part.Length + 1) / 3, "octets") : (part.Length, "characters");
        if (isWhole && slice.Length is { } wanted && wanted != length)
        {
            Fail(literal.Span, $"the part has {wanted} {unit}, and '{literal.Text}' {length}.");
            return null;
        }

        return part;
    }

    private TextTest? TestOf(FilterOperand operand, FilterOperator sign, FilterLiteral literal)
    {
        if (sign != FilterOperator.Matches)
        {
            return new TextComparison(sign, literal.Text);
        }

        var pattern = TextPattern.Of(literal.Text, out var wrong);
        if (pattern is null)
        {
            Fail(literal.Span, $"{operand.Name} cannot be matched with this regular expression: {wrong}.");
        }

        return pattern;
    }

    /// <param name="read">A literal and whether it stands for itself, not for an end of a range; null where it is refused.</param>
    private static TextSet? TextsOf(IReadOnlyList<FilterRange> ranges, Func<FilterLiteral, bool, string?> read)
    {
        var texts = new List<(string Low, string High)>(ranges.Count);
        foreach (var range in ranges)
        {
            if (read(range.Low, range.High is null) is not { } low
                || (range.High is null ? low : read(range.High, false)) is not { } high)
            {
                return null;
            }

            texts.Add((low, high));
        }

        return new TextSet(texts);
    }

    private NumberRange? Number(NamedField field, FilterLiteral literal)
    {
        var number = LiteralReader.Read(field.Kind, literal.Text);
        if (number is null)
        {
            Fail(literal.Span, LiteralReader.WhyNot(field.Kind, literal.Text));
            return null;
        }

        if (field.Family != AliasFamily.Any && LiteralReader.FamilyOf(literal.Text) != field.Family)
        {
            Fail(literal.Span, field.Family == AliasFamily.Ipv4
                ? "an IPv4 address is wanted here: ipv6.addr, ipv6.src and ipv6.dst are the IPv6 ones."
                : "an IPv6 address is wanted here: ip.addr, ip.src and ip.dst are the IPv4 ones.");
            return null;
        }

        return literal.Tolerance is null ? number : Around(field.Kind, number.Value, literal.Tolerance);
    }

    private NumberRange? Around(FieldKind kind, NumberRange number, FilterLiteral tolerance)
    {
        var range = LiteralReader.Around(kind, number, tolerance.Text);
        if (range is null)
        {
            Fail(tolerance.Span, $"'{tolerance.Text}' is no distance from that value: a value of the same kind is wanted, or a share such as 2%.");
        }

        return range;
    }

    private RangeSet? NumbersOf(NamedField field, IReadOnlyList<FilterRange> ranges)
    {
        var numbers = new List<NumberRange>(ranges.Count);
        foreach (var range in ranges)
        {
            if (Number(field, range.Low) is not { } low || Number(field, range.High ?? range.Low) is not { } high)
            {
                return null;
            }

            if (high.Low < low.Low)
            {
                Fail(range.Low.Span.To(range.High!.Span), Backwards);
                return null;
            }

            numbers.Add(new NumberRange(low.Low, high.High));
        }

        return new RangeSet(numbers);
    }

    private Word[]? WordsOf(NamedField field, IReadOnlyList<FilterRange> ranges)
    {
        var words = new List<Word>(ranges.Count);
        foreach (var range in ranges)
        {
            if (range.High is { } end && !field.IsOrdered)
            {
                Fail(end.Span, "these words have no order, and therefore no ranges.");
                return null;
            }

            if (PlaceOf(field, range.Low) is not { } low || PlaceOf(field, range.High ?? range.Low) is not { } high)
            {
                return null;
            }

            if (high < low)
            {
                Fail(range.Low.Span.To(range.High!.Span), Backwards);
                return null;
            }

            words.AddRange(field.Words!.Take(high + 1).Skip(low));
        }

        return [.. words];
    }

    private Word[]? Accepted(NamedField field, FilterOperator sign, FilterLiteral literal)
    {
        var all = field.Words!;
        switch (sign)
        {
            case FilterOperator.Contains or FilterOperator.Matches:
                var pattern = sign == FilterOperator.Contains
                    ? new TextComparison(sign, literal.Text)
                    : TestOf(new FilterOperand("the word", null, literal.Span), sign, literal);
                return pattern is null ? null : [.. all.Where(word => pattern.Holds(word.Text))];
            default:
                return PlaceOf(field, literal) is { } bound
                    ? [.. all.Where((_, place) => TextComparison.Holds(sign, place - bound))]
                    : null;
        }
    }

    private int? PlaceOf(NamedField field, FilterLiteral literal)
    {
        var words = field.Words!.ToList();
        var place = words.FindIndex(word => word.IsSpelt(literal.Text));
        if (place >= 0)
        {
            return place;
        }

        var told = words.Count > MostWordsTold
            ? $"hwa fields --json {field.Fields[0].Name} lists its words."
            : $"Its words are {string.Join(", ", words.Select(word => word.Text))}.";
        Fail(literal.Span, $"'{literal.Text}' is not a word of this field.{Suggestion.For(literal.Text, words.SelectMany(word => word.Spellings.Prepend(word.Text)))} {told}{WiresharkNames.OfNumber(field.Fields[0].Name, literal.Text)}");
        return null;
    }

    private Func<ulong, FilterAtom>? Fail(FilterSpan span, string message)
    {
        Error ??= new FilterError(message, span);
        return null;
    }
}
