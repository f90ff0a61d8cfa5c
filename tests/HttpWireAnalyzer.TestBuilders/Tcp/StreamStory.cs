using System.Globalization;
using System.Text;
using HttpWireAnalyzer.Tcp;

namespace HttpWireAnalyzer.TestBuilders.Tcp;

/// <summary>Keeps all that tracking says, as values and as a transcript, one line an event, packet number first.</summary>
public sealed class StreamStory : IStreamSink
{
    private readonly StringBuilder _transcript = new();

    public List<ConnectionOpening> Openings { get; } = [];

    public List<KeptChunk> Chunks { get; } = [];

    public List<StreamGap> Gaps { get; } = [];

    /// <summary>Chunks and gaps of all streams, as they came.</summary>
    public List<(int Connection, Side Sender, long Offset, long Length)> Pieces { get; } = [];

    public List<StreamEnd> Ends { get; } = [];

    public List<TcpStateChange> Changes { get; } = [];

    public List<TcpRemark> Remarks { get; } = [];

    public List<TcpSummary> Summaries { get; } = [];

    public string Transcript => _transcript.ToString();

    /// <summary>The only connection's summary.</summary>
    public TcpSummary Summary => Summaries.Count == 1
        ? Summaries[0]
        : throw new InvalidOperationException(Line($"{Summaries.Count} connections closed:\n{Transcript}"));

    public void OnOpened(in ConnectionOpening opening)
    {
        Openings.Add(opening);
        Write(opening.Packet.Number, opening.Connection, Line($"opened {opening.Client} > {opening.Server}")
            + (opening.Midstream ? " midstream" : "")
            + (opening.Incarnation > 1 ? Line($" incarnation {opening.Incarnation}") : ""));
    }

    public void OnChunk(in StreamChunk chunk)
    {
        Pieces.Add((chunk.Connection.Number, chunk.Sender, chunk.Offset, chunk.Octets.Length));
        Chunks.Add(new KeptChunk(
            chunk.Connection, chunk.Sender, chunk.Offset, chunk.Packet.Number, chunk.Contiguous.Number,
            chunk.Acknowledged, chunk.Octets.ToArray()));
        Write(chunk.Contiguous.Number, chunk.Connection,
            Line($"{chunk.Sender} {chunk.Offset} \"{Encoding.Latin1.GetString(chunk.Octets)}\"")
            + (chunk.Packet == chunk.Contiguous ? "" : Line($" from {chunk.Packet.Number}")));
    }

    public void OnGap(in StreamGap gap)
    {
        Pieces.Add((gap.Connection.Number, gap.Sender, gap.Offset, gap.Length));
        Gaps.Add(gap);
        Write(gap.NoticedAt.Number, gap.Connection, Line($"{gap.Sender} gap {gap.Offset}+{gap.Length} {gap.Cause}"));
    }

    public void OnEnd(in StreamEnd end)
    {
        Ends.Add(end);
        Write(end.Packet.Number, end.Connection, Line($"{end.Sender} ends at {end.Offset} {end.Cause}"));
    }

    public void OnStateChange(in TcpStateChange change)
    {
        Changes.Add(change);
        Write(change.Packet.Number, change.Connection,
            Line($"{change.Side} {change.From} > {change.To} {change.Input} {change.Basis}"));
    }

    public void OnRemark(in TcpRemark remark)
    {
        Remarks.Add(remark);
        Write(remark.Packet.Number, remark.Connection, Line($"{remark.Sender} remark {remark.Kind} {remark.Value}")
            + (remark.Earlier.IsNone ? "" : Line($" of {remark.Earlier.Number}")));
    }

    public void OnClosed(in TcpSummary summary)
    {
        Summaries.Add(summary);
        Write(summary.Last.Number, summary.Connection,
            Line($"closed {summary.Close.How} {summary.ZeekState} {summary.ZeekHistory}"));
    }

    /// <summary>All octets of one stream, in order.</summary>
    public string TextOf(Side side, int connection = 0) => string.Concat(Chunks
        .Where(chunk => chunk.Sender == side && chunk.Connection.Number == connection)
        .Select(chunk => Encoding.Latin1.GetString(chunk.Octets)));

    /// <summary>The states that one end entered, each with its basis and packet: "SynSent/Sent@1 Established/Assumed@2".</summary>
    public string StatesOf(Side side, int connection = 0) => string.Join(' ', Changes
        .Where(change => change.Side == side && change.Connection.Number == connection)
        .Select(change => Line($"{change.To}/{change.Basis}@{change.Packet.Number}")));

    /// <summary>The kinds of remark, in order, each with its packet: "Retransmission@5".</summary>
    public string RemarkText => string.Join(' ', Remarks.Select(remark => Line($"{remark.Kind}@{remark.Packet.Number}")));

    private void Write(long packet, ConnectionId connection, string text) =>
        _transcript.Append(CultureInfo.InvariantCulture, $"{packet} #{connection.Number} {text}\n");

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>A chunk, its octets copied.</summary>
public sealed record KeptChunk(
    ConnectionId Connection, Side Sender, long Offset, long Packet, long Contiguous, long Acknowledged, byte[] Octets);
