using HttpWireAnalyzer.Analysis.Stories;
using HttpWireAnalyzer.Findings;
using HttpWireAnalyzer.Query.Fields;
using static HttpWireAnalyzer.Query.Fields.FieldKind;

namespace HttpWireAnalyzer.Reporting.Stories;

/// <summary>The records of type "story_line" and "story_answer". Their texts are in the language that was asked for; the rest is the same in all.</summary>
public static class StoryFields
{
    public static readonly FieldSet LineSet = new("story_line");

    public static readonly FieldSet AnswerSet = new("story_answer");

    private static readonly Field LineId = LineSet.Add("conn.id", Number, "The connection");
    private static readonly Field LineKind = LineSet.Add("story.kind", FieldKind.Word, "syn_sent, syn_answered, handshake_completed, picked_up_midstream, request_sent, interim_received, response_received, exchange_run, fin_sent, fin_acknowledged, rst_sent, octets_missing, segment_remarked, icmp_reported, message_remarked, web_socket_message_began, web_socket_close_sent, connection_frame");
    private static readonly Field LineAt = LineSet.Add("story.time", Time, "When");
    private static readonly Field LineFrame = LineSet.Add("story.frame", Number, "The packet");
    private static readonly Field LineSender = LineSet.Add("story.sender", FieldKind.Word, "client or server; absent where it is neither, or both");
    private static readonly Field Client = LineSet.Add("conn.state.client", FieldKind.Word, "State of the client after it");
    private static readonly Field ClientAssumed = LineSet.Add("conn.state.client.assumed", Flag, "true where nothing that the client sent shows it yet");
    private static readonly Field Server = LineSet.Add("conn.state.server", FieldKind.Word, "State of the server after it");
    private static readonly Field ServerAssumed = LineSet.Add("conn.state.server.assumed", Flag, "The same of the server");
    private static readonly Field LineOrdinal = LineSet.Add("exchange.ordinal", Number, "The exchange, for kinds that are about one");
    private static readonly Field LineStream = LineSet.Add("h2.stream", Number, "The HTTP/2 stream, for kinds that are about one");
    private static readonly Field LineText = LineSet.Add("story.text", Text, "For people; not stable");
    private static readonly Field LineFrames = LineSet.Add("story.frames", Numbers, "The packets that show it");

    private static readonly Field AnswerId = AnswerSet.Add("conn.id", Number, "The connection");
    private static readonly Field AnswerKind = AnswerSet.Add("story.kind", FieldKind.Word, "verdict (first, where something went wrong), opened_by, exchanged, tunnelled, multiplexed_streams, go_away_sent, web_socket_spoken, web_socket_rules_broken, web_socket_kept_alive, web_socket_ended, held_up_by_answer, waited_for_acknowledgment, delivery_troubled, acknowledged_late, time_spent, longest_idle, closed_first, not_closed, request_after_fin, unread_at_reset, half_closed, left_in_close_wait, cut_off, unheard, outstanding, repeats_failed, repeated_elsewhere, time_wait_held, capture_incomplete");
    private static readonly Field AnswerText = AnswerSet.Add("story.text", Text, "For people; not stable");
    private static readonly Field AnswerFrames = AnswerSet.Add("story.frames", Numbers, "The packets that show it");

    public static void Write(int connection, StoryLine line, Language language, FieldSink sink)
    {
        sink.Number(LineId, connection);
        sink.Text(LineKind, KindOf(line.Sentence));
        sink.Time(LineAt, line.At.Time);
        sink.Packet(LineFrame, line.At);
        if (line.Sender is { } sender)
        {
            sink.Word(LineSender, Words.Sides[(int)sender]);
        }

        sink.Word(Client, Words.TcpStates[(int)line.Client.State]);
        sink.FlagIfSet(ClientAssumed, line.Client.Assumed);
        sink.Word(Server, Words.TcpStates[(int)line.Server.State]);
        sink.FlagIfSet(ServerAssumed, line.Server.Assumed);
        sink.NumberIfKnown(LineOrdinal, line.Sentence switch
        {
            RequestSent request => request.Exchange.Ordinal,
            ResponseReceived response => response.Exchange.Ordinal,
            InterimReceived interim => interim.Ordinal,
            _ => -1,
        });
        sink.NumberIfAny(LineStream, line.Sentence switch
        {
            RequestSent request => request.Exchange.Stream,
            ResponseReceived response => response.Exchange.Stream,
            ConnectionFrame frame => frame.Frame.Stream,
            _ => 0,
        });
        sink.Text(LineText, new StoryEvents(language).Of(line.Sentence));
        WriteFrames(LineFrames, line.Sentence, sink);
    }

    public static void Write(Story story, StorySentence answer, Language language, FieldSink sink)
    {
        sink.Number(AnswerId, story.Connection.Number);
        sink.Text(AnswerKind, KindOf(answer));
        sink.Text(AnswerText, new StoryProse(story.Connection, language).Of(answer));
        WriteFrames(AnswerFrames, answer, sink);
    }

    private static string KindOf(StorySentence sentence) => Words.SnakeCase(sentence.GetType().Name);

    private static void WriteFrames(Field field, StorySentence sentence, FieldSink sink) =>
        sink.Numbers(field, [.. sentence.Evidence.Select(packet => packet.Number)]);
}
