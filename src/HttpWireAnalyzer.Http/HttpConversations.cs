using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Http;

/// <summary>
/// The Message stage: streams in, exchanges out. Holds one conversation for each connection; what tracking says is
/// passed on in its place.
/// </summary>
public sealed class HttpConversations : IStreamSink
{
    private readonly IExchangeSink _sink;
    private readonly StraightRoad _road;
    private readonly ConversationPool _pool;

    /// <summary>By slot of the connection.</summary>
    private readonly SlotArray<ConversationRecord> _records = new();

    /// <summary>The latest RST that has octets.</summary>
    private PacketRef _resetWithText;

    /// <summary>Of the connection that is being closed.</summary>
    private HttpSummary _summary;

    public HttpConversations(IExchangeSink sink, HttpLimits limits)
        : this(sink, limits, new Successors(sink, limits))
    {
    }

    internal HttpConversations(IExchangeSink sink, HttpLimits limits, ISuccession succession)
    {
        _sink = sink;
        HttpStage stage = new(sink, limits, succession);
        _road = new StraightRoad(stage);
        _pool = new ConversationPool(stage);
    }

    /// <summary>Off, nothing is read the short way; tests compare.</summary>
    internal bool TakesStraightRoad { get; init; } = true;

    /// <summary>The connection is on the straight road, and needs no more than its record.</summary>
    internal bool IsPlain(ConnectionId connection) => _records[connection.Slot] is { Lead: null, IsPlain: true };

    /// <summary>Requests that wait for their answers there.</summary>
    internal int Waiting(ConnectionId connection) => _records[connection.Slot].Waiting;

    public void OnOpened(in ConnectionOpening opening)
    {
        while (_records.End <= opening.Connection.Slot)
        {
            _records.Take();
        }

        ref var record = ref _records[opening.Connection.Slot];
        record.Open(opening);
        if (opening.Midstream)
        {
            Lead(ref record, opening.Connection).BeginMidstream(opening.Packet);
        }

        _sink.OnOpened(opening);
    }

    public void OnChunk(in StreamChunk chunk)
    {
        ref var record = ref _records[chunk.Connection.Slot];
        if (record.UnderWay > 0 && _road.TryPassOver(record, chunk))
        {
            record.MoveTo(chunk.Sender, chunk.EndOffset);
            return;
        }

        var taken = 0;
        if (record.Lead is null)
        {
            if (record.StateOf(chunk.Sender) == ReaderState.Opaque)
            {
                record.MoveTo(chunk.Sender, chunk.EndOffset);
                return;
            }

            taken = TakesStraightRoad ? _road.Take(ref record, chunk) : 0;
        }

        if (taken < chunk.Octets.Length)
        {
            ReadOn(ref record, chunk, taken);
        }
    }

    private void ReadOn(ref ConversationRecord record, in StreamChunk chunk, int taken)
    {
        var lead = Lead(ref record, chunk.Connection);
        if (chunk.Packet != _resetWithText || !lead.TryPassOverText(chunk))
        {
            lead.Read(chunk, taken);
        }

        RestIfPossible(ref record, lead);
    }

    public void OnGap(in StreamGap gap)
    {
        _sink.OnGap(gap);
        ref var record = ref _records[gap.Connection.Slot];
        var lead = Lead(ref record, gap.Connection);
        lead.Skip(gap);
        RestIfPossible(ref record, lead);
    }

    public void OnEnd(in StreamEnd end)
    {
        ref var record = ref _records[end.Connection.Slot];

        // Between messages, an end ends nothing.
        if (record.Lead is null && record.Waiting == 0)
        {
            record.NoteEnd(end.Sender, end.Cause);
            record.EndPacket = end.Packet;
            return;
        }

        EndWithin(ref record, end);
    }

    private void EndWithin(ref ConversationRecord record, in StreamEnd end)
    {
        var lead = Lead(ref record, end.Connection);
        lead.End(end);
        RestIfPossible(ref record, lead);
    }

    public void OnStateChange(in TcpStateChange change) => _sink.OnStateChange(change);

    public uint StateInputs => _sink.StateInputs;

    public void OnRemark(in TcpRemark remark)
    {
        if (remark.Kind == TcpRemarkKind.RstPayload)
        {
            _resetWithText = remark.Packet;
        }

        _sink.OnTcpRemark(remark);
    }

    public void OnClosed(in TcpSummary summary)
    {
        ref var record = ref _records[summary.Connection.Slot];
        SuccessorRecord? successor = null;
        if (record.Lead is not null || record.Waiting > 0)
        {
            var lead = Lead(ref record, summary.Connection);
            successor = lead.Close(summary);
            lead.Rest(ref record);
            record.Lead = null;
            _pool.Return(lead);
        }

        record.Ledger.Summarise(ref _summary);
        _summary.Protocol = record.Protocol;
        _summary.SwitchedTo = record.SwitchedTo;
        _summary.Successor = successor;
        successor?.AddTo(ref _summary);
        record.Close();
        _sink.OnClosed(summary, _summary);
    }

    public void Expect(int slot)
    {
        _records.Prefetch(slot);
        _sink.Expect(slot);
    }

    /// <summary>Who leads the conversation: made to take over where the record stands.</summary>
    private HttpConversation Lead(ref ConversationRecord record, ConnectionId connection)
    {
        if (record.Lead is { } known)
        {
            return known;
        }

        var lead = _pool.Rent();
        lead.TakeOver(record, connection);
        _road.Clear(ref record);
        record.Lead = lead;
        return lead;
    }

    private void RestIfPossible(ref ConversationRecord record, HttpConversation lead)
    {
        if (lead.CanRest)
        {
            lead.Rest(ref record);
            record.Lead = null;
            _pool.Return(lead);
        }
    }
}
