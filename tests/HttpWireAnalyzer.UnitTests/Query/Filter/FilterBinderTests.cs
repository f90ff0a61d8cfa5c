using HttpWireAnalyzer.Query.Fields;
using HttpWireAnalyzer.Query.Filter;

namespace HttpWireAnalyzer.UnitTests.Query.Filter;

public class FilterBinderTests
{
    [Theory]
    [InlineData("conn.close.hwo == fin", "conn.close.hwo", "no such field: conn.close.hwo. Did you mean 'conn.close.how'?")]
    [InlineData("conn.close.how == rst", "rst", "'rst' is not a word of this field. Did you mean 'reset'? Its words are open,")]
    [InlineData("conn.close.how > fin", "conn.close.how > fin", "'>' needs an order, and this is one of a few words")]
    [InlineData("conn.requests contains 1", "conn.requests contains 1", "'contains' goes with texts, and this is a number")]
    [InlineData("conn.requests == many", "many", "a whole number such as 200")]
    [InlineData("conn.requests == 1.5", "1.5", "a whole number")]
    [InlineData("conn.duration > 1fortnight", "1fortnight", "a duration such as 200ms")]
    [InlineData("conn.duration > 0.5ns", "0.5ns", "a duration such as 200ms")]
    [InlineData("conn.duration > 99999999999999999999d", "99999999999999999999d", "a duration")]
    [InlineData("conn.reuse < 101x", "101x", "a share such as 0.95 or 95%")]
    [InlineData("conn.reuse < 95", "95", "a share such as 0.95 or 95% is wanted here, not '95'.")]
    [InlineData("conn.start > yesterday", "yesterday", "a time such as")]
    [InlineData("conn.midstream == maybe", "maybe", "true or false")]
    [InlineData("ip.addr == 10.0.0.0/33", "10.0.0.0/33", "an address such as")]
    [InlineData("ip.addr == 1", "1", "an address such as")]
    [InlineData("ip.addr == fe80::1", "fe80::1", "an IPv4 address is wanted here: ipv6.addr")]
    [InlineData("ipv6.addr in {fe80::1, 10.0.0.0/8}", "10.0.0.0/8", "an IPv6 address is wanted here: ip.addr")]
    [InlineData("ip.addr[0:2] == 10.256", "10.256", "octets in hexadecimal such as c0:a8")]
    [InlineData("ip.addr[0:2] == c0:", "c0:", "octets in hexadecimal such as c0:a8")]
    [InlineData("ip.addr[0:2] in {c0:a8, 0a}", "0a", "the part has 2 octets, and '0a' 1.")]
    [InlineData("http.host[0:3] != www.", "www.", "the part has 3 characters, and 'www.' 4.")]
    [InlineData("http.host matches \"[[:digit:]]\"", "\"[[:digit:]]\"", "classes such as [:digit:] are not known")]
    [InlineData("conn.requests == 010", "010", "a whole number")]
    [InlineData("http.request.version == \"HTTP/1.1\"", "\"HTTP/1.1\"", "Its words are 0.9, 1.0, 1.1, 2.")]
    [InlineData("tcp.flags == 0x12", "0x12", "each bit is a field: tcp.flags.syn && tcp.flags.ack.")]
    [InlineData("tcp.analysis.initial_rt", "tcp.analysis.initial_rt", "Did you mean 'tcp.analysis.initial_rtt'?")]
    [InlineData("tcp.connection.rst", "tcp.connection.rst", "no such field: tcp.connection.rst. Write tcp.flags.reset here.")]
    [InlineData("tls.handshake.type == 1", "tls.handshake.type", "Write conn.protocol == tls here")]
    [InlineData("http.server", "http.server", "Of field lines, Host, User-Agent,")]
    [InlineData("frame contains x", "frame", "hwa follow shows it")]
    [InlineData("eth.src", "eth.src", "tshark -Y selects by it. hwa fields")]
    [InlineData("udp", "udp", "tshark -Y selects by the rest")]
    [InlineData("sip", "sip", "no such field: sip. Did you mean 'ip'?")]
    [InlineData("http.resp", "http.resp", "no such field: http.resp. Did you mean 'http.response'?")]
    [InlineData("conn.idl > 1s", "conn.idl", "no such field: conn.idl. Did you mean 'conn.idle.max'?")]
    [InlineData("latency > 1s", "latency", "no such field: latency. Did you mean 'exchange.latency'?")]
    [InlineData("method == GET", "method", "no such field: method. Did you mean 'http.request.method'?")]
    [InlineData("con", "con", "no such field: con. Did you mean 'conn.id'?")]
    [InlineData("smb", "smb", "no such field: smb. hwa fields lists them.")]
    [InlineData("http.host matches \"(\"", "\"(\"", "cannot be matched with this regular expression")]
    [InlineData("http.host matches r\"(a)\\1\"", "r\"(a)\\1\"", "it needs backtracking")]
    [InlineData("conn.requests in {5..1}", "5..1", "from the lower value to the higher")]
    [InlineData("conn.close.how in {fin..reset}", "reset", "these words have no order")]
    [InlineData("http.request.version in {1.1..1.0}", "1.1..1.0", "from the lower value to the higher")]
    [InlineData("http.request.version < 3", "3", "Its words are 0.9, 1.0, 1.1, 2.")]
    [InlineData("http.request.version > exchange.pairing", "http.request.version > exchange.pairing", "cannot be compared")]
    [InlineData("conn.requests[0] == 1", "conn.requests[0]", "only texts and addresses have parts")]
    [InlineData("http.host[0:2]", "http.host[0:2]", "a part of a value is compared")]
    [InlineData("any exchnge (http.request)", "exchnge", "no such kind of record: exchnge. Did you mean 'exchange'?")]
    [InlineData("any exchange (conn.requests > 1)", "conn.requests", "these parentheses ask about one exchange")]
    [InlineData("any exchange (any packet (tcp))", "packet", "a record of a record")]
    [InlineData("conn.requests > exchange.ordinal", "conn.requests > exchange.ordinal", "these are of two: conn and exchange")]
    [InlineData("conn.requests > conn.duration", "conn.requests > conn.duration", "cannot be compared")]
    public void An_error_says_what_is_wrong_with_which_part(string text, string part, string message)
    {
        Assert.Null(FilterBinder.Bind(text, FilterScope.Connections, out var error));
        Assert.Contains(message, error!.Message);
        Assert.Equal(part, text.Substring(error.Span.Start, error.Span.Length));
    }

    [Theory]
    [InlineData("http.host == a", "http.host is a field of exchange records, and is not asked of pools.")]
    [InlineData("conn.id == 0", "conn.id is a field of conn records, and is not asked of pools.")]
    [InlineData("port.opened > 1", "port.opened is a field of port records, and is not asked of pools.")]
    [InlineData("finding.id", "no such field: finding.id.")]
    public void A_field_of_records_that_are_not_asked_is_no_unknown_one(string filter, string message)
    {
        Assert.Null(FilterBinder.Bind(filter, FilterScope.Pools, out var error));
        Assert.StartsWith(message, error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ip.addr == 10.0.0.0/8 && tcp.port == 443")]
    [InlineData("ipv6 && ipv6.addr != fe80::/10")]
    public void Pools_and_ports_have_addresses_too(string filter)
    {
        Assert.NotNull(FilterBinder.Bind(filter, FilterScope.Pools, out _));
        Assert.NotNull(FilterBinder.Bind(filter, FilterScope.Ports, out _));
    }

    [Fact]
    public void No_name_is_advised_against()
    {
        foreach (var scope in (FilterScope[])[FilterScope.Connections, FilterScope.Pools, FilterScope.Messages])
        {
            Assert.All(scope.Names, name => Assert.DoesNotMatch("Write|kept|tshark", WiresharkNames.NoSuchField(name, [])));
        }
    }

    [Fact]
    public void Records_count_as_comparisons()
    {
        var most = string.Join("||", Enumerable.Repeat("any exchange (http.request)", FilterLimits.Comparisons / 2));
        Assert.NotNull(FilterBinder.Bind(most, FilterScope.Connections, out _));
        Assert.Null(FilterBinder.Bind(most + "||tcp", FilterScope.Connections, out var error));
        Assert.Contains("at most 64 comparisons", error!.Message);
    }

    [Fact]
    public void Every_word_belongs_to_a_closed_set()
    {
        foreach (var set in (FieldSet[])[ConnectionFields.Set, ExchangeFields.Set, PacketFields.Set])
        {
            Assert.All(set.Fields.Where(field => field.Kind == FieldKind.Word), field => Assert.NotEmpty(field.Words!));
        }
    }

    [Fact]
    public void Aliases_are_no_fields_and_have_one_kind()
    {
        foreach (var set in (FieldSet[])[ConnectionFields.Set, ExchangeFields.Set, PacketFields.Set])
        {
            foreach (var alias in FieldAliases.For(set))
            {
                Assert.Null(set.Find(alias.Name));
                Assert.Single(alias.Fields.Select(field => field.Kind).Distinct());
            }
        }
    }

    [Theory]
    [InlineData("conn.clo", 8, 0, "conn.close.how")]
    [InlineData("conn.close.how == ", 18, 18, "fin_then_reset")]
    [InlineData("conn.close.how == f", 19, 18, "fin")]
    [InlineData("conn.close.how in {fin, res", 27, 24, "reset")]
    [InlineData("conn.midstream ", 15, 15, "==")]
    [InlineData("conn.midstream == t", 19, 18, "true")]
    [InlineData("tcp ", 4, 4, "&&")]
    [InlineData("tcp && http.res", 15, 7, "http.response.code")]
    [InlineData("any exch", 8, 4, "exchange.ordinal")]
    [InlineData("conn.clo && tcp", 8, 0, "conn.close.reason")]
    public void Completion_offers_what_may_stand_there(string text, int cursor, int start, string candidate)
    {
        var completion = FilterCompletion.Complete(text, cursor, FilterScope.Connections);
        Assert.Contains(candidate, completion.Candidates);
        Assert.Equal(FilterSpan(start, cursor), completion.Replaced);
    }

    [Fact]
    public void Completion_offers_nothing_inside_a_string() =>
        Assert.Empty(FilterCompletion.Complete("http.host == \"conn.", 19, FilterScope.Connections).Candidates);

    private static FilterSpan FilterSpan(int start, int end) => new(start, end - start);
}
