using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Query.Filter;

/// <summary>Two kinds of record with a field of every kind: things, which are listed, and their parts.</summary>
internal static class Things
{
    public static readonly FieldSet Set = new("thing");
    public static readonly FieldSet PartSet = new("part");

    /// <summary>In no order of the alphabet.</summary>
    private static readonly Word[] Grades = [new("poor"), new("fair"), new("good")];

    private static readonly Word[] Colours = [new("red"), new("dark_green"), new("blue")];

    public static readonly Field Count = Set.Add("thing.count", FieldKind.Number, "");
    public static readonly Field Other = Set.Add("thing.other", FieldKind.Number, "");
    public static readonly Field Name = Set.Add("thing.name", FieldKind.Text, "");
    public static readonly Field Colour = Set.Add("thing.colour", Colours, "");
    public static readonly Field Grade = Set.AddOrdered("thing.grade", Grades, "");
    public static readonly Field Wanted = Set.AddOrdered("thing.wanted", Grades, "");
    public static readonly Field Tags = Set.Add("thing.tags", FieldKind.List, "");
    public static readonly Field Took = Set.Add("thing.took", FieldKind.Duration, "");
    public static readonly Field TookMs = Set.Add("thing.took_ms", FieldKind.Milliseconds, "");
    public static readonly Field At = Set.Add("thing.at", FieldKind.Time, "");
    public static readonly Field Share = Set.Add("thing.share", FieldKind.Ratio, "");
    public static readonly Field Where = Set.Add("thing.where", FieldKind.Address, "");
    public static readonly Field Warm = Set.Add("thing.warm", FieldKind.Flag, "");
    public static readonly Field Size = PartSet.Add("part.size", FieldKind.Number, "");
    public static readonly Field Label = PartSet.Add("part.label", FieldKind.Text, "");

    public static readonly FilterScope Scope = new("things", Set, PartSet);

    /// <summary>Whether a filter accepts a record that is written so.</summary>
    public static bool Accepts(string filter, Action<FieldSink> write)
    {
        var bound = FilterBinder.Bind(filter, Scope, out var error);
        Assert.Null(error);
        var own = bound!.For(Set);
        if (own is null)
        {
            return bound.Accepts(default(AtomBits));
        }

        write(own.Begin());
        return bound.Accepts(own.End());
    }

    public static Word WordOf(int index) => Colours[index];

    public static Word GradeOf(int index) => Grades[index];

    public static Address Ipv4(byte a, byte b, byte c, byte d) =>
        Address.FromIpv4((uint)(a << 24 | b << 16 | c << 8 | d));

    public static Timestamp Seconds(long seconds, long nanoseconds = 0) =>
        new(seconds * Timestamp.NanosecondsPerSecond + nanoseconds);
}
