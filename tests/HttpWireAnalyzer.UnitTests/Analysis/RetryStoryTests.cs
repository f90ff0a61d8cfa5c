using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Reporting.Stories;
using HttpWireAnalyzer.Reporting.Tables;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.UnitTests.Analysis;

/// <summary>A story says what its requests repeat, and where they were repeated.</summary>
public sealed class RetryStoryTests
{
    [Fact]
    public void A_repeated_request_names_the_one_that_failed()
    {
        var talk = new Conversation();
        var failed = talk.At(-12);
        talk.Handshake().Exchange(1, 2, exchange => exchange with
        {
            RetryOf = new RetriedExchange(3, 2, ExchangeFailure.Unanswered, 12_000_000, failed, true),
        }, "POST", "/pay");
        Assert.Contains(
            "POST /pay is request 2 of connection 3, sent again 12.0 ms after it was left without an answer. POST is not "
                + "safe to repeat: it may have been done twice. (#1, #5)",
            Text(talk.Tell()));
    }

    [Fact]
    public void One_on_the_same_connection_says_so()
    {
        var talk = new Conversation();
        var failed = talk.At(-12);
        talk.Handshake().Exchange(1, 2, exchange => exchange with
        {
            RetryOf = new RetriedExchange(0, 1, ExchangeFailure.ServerError, 12_000_000, failed, false),
        });
        Assert.Contains("is request 1 of this connection, sent again 12.0 ms after the server failed to answer it", Text(talk.Tell()));
    }

    [Fact]
    public void A_request_that_was_repeated_elsewhere_says_where_and_with_what_answer()
    {
        var other = new Conversation();
        other.At(0);
        HttpExchange? retry = null;
        other.Exchange(20, 21, exchange =>
        {
            retry = exchange with
            {
                Connection = new ConnectionId(5, 5),
                RetryOf = new RetriedExchange(0, 1, ExchangeFailure.ResponseTruncated, 7_000_000, other.Packets[0], false),
            };
            return exchange;
        });
        var collector = new StoryCollector(0);
        var sink = new ExchangeTee(collector, new ConnectionRecords(collector));
        sink.OnOpened(new ConnectionOpening(
            new ConnectionId(5, 5), Conversation.Client, Conversation.Server, 1, false, other.Packets[0]));
        sink.OnExchange(retry!.Value);
        new Conversation().Handshake().Exchange(1, 12).Play(sink);
        Assert.Contains(
            "GET /cart was sent again on connection 5, 7.0 ms after its answer was cut off, and answered 200. (#1, #2)",
            Text(collector.Story!));
    }

    private static string Text(Story story)
    {
        var output = new StringWriter { NewLine = "\n" };
        new StoryText(output, TextStyle.Plain, 1000, Language.English).Write(story, []);
        return output.ToString();
    }
}
