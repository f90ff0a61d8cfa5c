using System.Text;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.UnitTests.Http;

public sealed class ShownFieldsTests
{
    [Fact]
    public void Each_line_gives_a_value_in_order_whatever_the_case_of_its_name()
    {
        var head = Request("Host: a\r\nCONNECTION: close\r\nX: y\r\nconnection:  keep-alive \r\nKeep-Alive: max=5\r\n");
        Assert.Equal(["a"], head.Shown.Host.ToArray());
        Assert.Equal(["close", "keep-alive"], head.Shown.Connection.ToArray());
        Assert.Equal(["max=5"], head.Shown.KeepAlive.ToArray());
    }

    [Fact]
    public void What_is_absent_is_empty()
    {
        var shown = Request("Accept: */*\r\n").Shown;
        Assert.True(shown.Host.IsEmpty && shown.Connection.IsEmpty && shown.KeepAlive.IsEmpty && shown.Upgrade.IsEmpty);
        Assert.True(shown.ContentLength.IsEmpty && shown.TransferEncoding.IsEmpty);
        Assert.Null(shown.UserAgent);
    }

    [Fact]
    public void A_user_agent_in_two_lines_is_one_text() =>
        Assert.Equal("a, b", Request("User-Agent: a\r\nUser-Agent: b\r\n").Shown.UserAgent);

    [Fact]
    public void A_head_reads_them_once()
    {
        var head = Request("Host: a\r\n");
        Assert.Same(head.Shown, head.Shown);
    }

    private static RequestHead Request(string fields) =>
        HeadParser.ParseRequest(Encoding.Latin1.GetBytes($"GET / HTTP/1.1\r\n{fields}\r\n"))!;
}
