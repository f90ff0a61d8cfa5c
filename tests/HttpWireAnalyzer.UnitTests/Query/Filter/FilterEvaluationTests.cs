using HttpWireAnalyzer.Query.Filter;
using HttpWireAnalyzer.TestBuilders;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.UnitTests.Query.Filter;

public class FilterEvaluationTests
{
    [Theory]
    [InlineData("thing.count == 10", true)]
    [InlineData("thing.count == 0xa && thing.count == 0XA", true)]
    [InlineData("thing.count in {1..9, 11}", false)]
    [InlineData("thing.count in {1..9, 10..12}", true)]
    [InlineData("thing.count < 1kB && thing.count > -1", true)]
    [InlineData("thing.count >= 10 && thing.count <= 10 && !(thing.count > 10) && !(thing.count < 10)", true)]
    [InlineData("thing.other", false)]
    [InlineData("thing.other == 0", false)]
    [InlineData("thing.other != 0", false)]
    [InlineData("thing.count != 9", true)]
    [InlineData("thing.name == GET", true)]
    [InlineData("thing.name == get", false)]
    [InlineData("thing.name contains \"E\"", true)]
    [InlineData("thing.name matches \"^g.t$\"", true)]
    [InlineData("thing.name[0:2] == \"GE\" && thing.name[-1] == T && thing.name[1-2] == ET", true)]
    [InlineData("thing.name[1:9] contains ET", false)]
    [InlineData("thing.name[0:2] in {GE, PU, A..Z}", true)]
    [InlineData("thing.name in {A..H}", true)]
    [InlineData("thing.name < H && thing.name > G", true)]
    [InlineData("thing.colour == dark-green && thing.colour == DARK_GREEN", true)]
    [InlineData("thing.colour in {red, blue}", false)]
    [InlineData("thing.colour matches green", true)]
    [InlineData("thing.colour != red", true)]
    [InlineData("thing.grade >= fair && thing.grade > poor && thing.grade <= FAIR && thing.grade < good", true)]
    [InlineData("thing.grade > fair || thing.grade < fair || thing.grade > good", false)]
    [InlineData("thing.grade in {poor..fair} && !(thing.grade in {good})", true)]
    [InlineData("thing.grade < thing.wanted && thing.wanted >= thing.grade && thing.grade != thing.wanted", true)]
    [InlineData("thing.tags == a && thing.tags == b", true)]
    [InlineData("thing.tags != a", false)]
    [InlineData("thing.tags ~= a", true)]
    [InlineData("all thing.tags matches \"[ab]\"", true)]
    [InlineData("all thing.tags == a", false)]
    [InlineData("thing.took == 1.5s && thing.took == 1500ms && thing.took == 1.5", true)]
    [InlineData("thing.took > 1499999us && thing.took < 0.03m", true)]
    [InlineData("thing.took_ms == 2.5 && thing.took_ms == 2500us", true)]
    [InlineData("thing.at == \"2026-11-21T10:00:00.000000001Z\"", true)]
    [InlineData("thing.at > 2026-11-21T10:00:00Z && thing.at < \"2026-11-21 11:00:00.5+00:30\"", true)]
    [InlineData("thing.at > 1795255200 && thing.at < 1795255200.1", true)]
    [InlineData("thing.share == 0.95 && thing.share == 95% && thing.share < 0.9501", true)]
    [InlineData("thing.where == 10.0.0.0/8 && thing.where != 11.0.0.0/8 && thing.where in {10.1.2.1..10.1.2.9}", true)]
    [InlineData("thing.where[0:2] == 0A:01 && thing.where[3] == \"03\"", true)]
    [InlineData("thing.where[0:2] == 0a01 && thing.where[0:2] == 0a-01 && thing.where[:2] == a.1 && thing.where[-1] == 3", true)]
    [InlineData("thing.where[0] == 0x0A && thing.where[1:] contains 2:3 && thing.where[0:2] in {0b00, a:1}", true)]
    [InlineData("thing.where[0] == 0b || thing.where[1:] contains 2:4", false)]
    [InlineData("thing.where == ::/0 && thing.where == 0.0.0.0/0", true)]
    [InlineData("thing.where == fe80::/10", false)]
    [InlineData("thing.warm", false)]
    [InlineData("thing.warm == false && thing.warm != true && thing.warm == 0", true)]
    [InlineData("thing.warm == False && thing.warm != TRUE", true)]
    [InlineData("thing.count == thing.count && !(thing.count == thing.other)", true)]
    [InlineData("thing.took > thing.took_ms", true)]
    [InlineData("any thing (thing.count == 10 && thing.name == GET) && !any thing (thing.count == 10 && thing.name == PUT)", true)]
    public void A_record_is_asked_what_the_filter_says(string filter, bool expected) =>
        Assert.Equal(expected, Things.Accepts(filter, sink =>
        {
            sink.Number(Things.Count, 10);
            sink.Text(Things.Name, "GET");
            sink.Word(Things.Colour, Things.WordOf(1));
            sink.Word(Things.Grade, Things.GradeOf(1));
            sink.Word(Things.Wanted, Things.GradeOf(2));
            sink.Texts(Things.Tags, ["a", "b"]);
            sink.Duration(Things.Took, 1_500_000_000);
            sink.MillisecondsIfKnown(Things.TookMs, 2_500_000);
            sink.Time(Things.At, Things.Seconds(1_795_255_200, 1));
            sink.RatioIfAny(Things.Share, 19, 20);
            sink.Address(Things.Where, Things.Ipv4(10, 1, 2, 3));
            sink.FlagIfSet(Things.Warm, false);
        }));

    [Theory]
    [InlineData("thing.count", false)]
    [InlineData("thing.count == 0", true)]
    [InlineData("thing.count > 0", false)]
    public void A_count_that_is_absent_when_0_compares_as_0(string filter, bool expected) =>
        Assert.Equal(expected, Things.Accepts(filter, sink => sink.NumberIfAny(Things.Count, 0)));

    [Theory]
    [InlineData("thing.where == 2001:db8::/32", true)]
    [InlineData("thing.where[0:2] == 20:01", true)]
    [InlineData("thing.where > 10.0.0.1 && thing.where < ffff::", true)]
    public void Addresses_have_an_order_and_prefixes(string filter, bool expected) =>
        Assert.Equal(expected, Things.Accepts(filter, sink => sink.Address(Things.Where, new Address(0x2001_0DB8_0000_0000, 1))));

    [Theory]
    [InlineData("thing.where == ::ffff:10.1.2.3 && thing.where == ::ffff:10.0.0.0/104", true)]
    [InlineData("thing.where[0:2] == 00:00 && thing.where[10:4] == ff:ff:0a:01", true)]
    [InlineData("thing.where == 10.1.2.3", false)]
    public void A_mapped_address_of_ipv6_is_not_the_ipv4_one(string filter, bool expected)
    {
        byte[] octets = [.. new byte[10], 0xFF, 0xFF, 10, 1, 2, 3];

        Assert.Equal(expected, Things.Accepts(filter, sink => sink.Address(Things.Where, Address.FromIpv6(octets))));
    }

    [Fact]
    public void A_record_is_asked_without_allocating()
    {
        var filter = FilterBinder.Bind(
            "thing.count in {1..5} && thing.name contains GET && thing.colour == red && thing.took > 1ms && thing.where == 10.0.0.0/8 && thing.where[0:2] == 0a:00",
            Things.Scope,
            out _)!;
        var asked = filter.For(Things.Set)!;
        Assert.Equal(0, Allocation.LeastOf(_ =>
        {
            for (var record = 0; record < 1000; record++)
            {
                asked.Begin();
                asked.Number(Things.Count, record);
                asked.Text(Things.Name, "GET");
                asked.Word(Things.Colour, Things.WordOf(0));
                asked.Duration(Things.Took, record);
                asked.Address(Things.Where, Things.Ipv4(10, 0, 0, 1));
                filter.Accepts(asked.End());
            }
        }));
    }

    [Fact]
    public void What_connections_showed_is_kept_by_number_until_it_is_taken_in_any_order()
    {
        var bits = new ConnectionBits();
        for (var number = 0; number < 1000; number++)
        {
            bits.Add(number, new AtomBits((ulong)number, 0));
        }

        bits.Add(700, new AtomBits(0, 1));
        Assert.Equal(new AtomBits(700, 1), bits.Take(700));
        Assert.Equal(new AtomBits(1, 0), bits.Take(1));
        Assert.Equal(default, bits.Take(0));
        Assert.Equal(default, bits.Take(1));
        Assert.Equal(default, bits.Take(1000));
        Assert.Equal(new AtomBits(999, 0), bits.Take(999));
    }
}
