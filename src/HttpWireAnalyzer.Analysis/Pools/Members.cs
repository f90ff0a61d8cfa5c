using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>Takes the turns of each live connection from its events. By slot, as the stages before do.</summary>
/// <remarks>
/// Open: from when both ends are ESTABLISHED to the first FIN or RST, for from then on nobody can use it for another
/// exchange. Busy: open, with an exchange outstanding. Idle: open, and not busy.
/// </remarks>
internal sealed class Members(Turns turns)
{
    /// <summary>A SYN supersedes two connections of its 4-tuple at most, and each is told of with the same packet.</summary>
    private const int MostSuperseded = 4;

    /// <summary>What leads to ESTABLISHED, and what ends or supersedes.</summary>
    public const uint Inputs = 1u << (int)TcpInput.ReceiveSynAck | 1u << (int)TcpInput.SynAcknowledged
        | 1u << (int)TcpInput.Midstream | 1u << (int)TcpInput.SendSyn | 1u << (int)TcpInput.SendSynAck | Ending;

    private const uint Ending =
        1u << (int)TcpInput.SendFin | 1u << (int)TcpInput.SendCrossingFin | 1u << (int)TcpInput.SendRst;

    private readonly Unended[] _unended = new Unended[MostSuperseded];
    private int _unendedCount;
    private readonly SlotArray<Member> _members = new();

    /// <summary>One more than the largest slot that was ever taken.</summary>
    private int _end;
    private PacketRef _now;

    public ref Member this[ConnectionId connection] => ref _members[connection.Slot];

    public void Prefetch(int slot) => _members.Prefetch(slot);

    public void Add(in ConnectionOpening opening, int pool)
    {
        ref var member = ref _members.Reach(opening.Connection.Slot);
        member = new Member { Pool = pool, Host = -1, ClientPort = opening.Client.Port, Flags = MemberFlags.Present };
        _end = int.Max(_end, opening.Connection.Slot + 1);
        _now = opening.Packet;
        if (opening.Midstream)
        {
            member.Flags |= MemberFlags.Midstream;
            Open(ref member, opening.Packet);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnStateChange(in TcpStateChange change)
    {
        if ((Inputs >> (int)change.Input & 1) == 0)
        {
            return;
        }

        _now = change.Packet;
        if ((Ending >> (int)change.Input & 1) != 0)
        {
            ref var member = ref _members[change.Connection.Slot];
            if (!member.Has(MemberFlags.Closed))
            {
                Close(ref member, change.Side, change.Packet);
            }
        }
        else if (_unendedCount > 0 && change.Input is TcpInput.SendSyn or TcpInput.SendSynAck)
        {
            EndSuperseded();
        }

        if (change.To == TcpState.Established && change.From != TcpState.Established)
        {
            Establish(ref _members[change.Connection.Slot], change.Side, change.Packet);
        }
    }

    public void OnBusy(ConnectionId connection, PacketRef since)
    {
        ref var member = ref _members[connection.Slot];
        if (member.Has(MemberFlags.Busy))
        {
            return;
        }

        member.Flags |= MemberFlags.Busy;
        var from = PacketRef.Later(since, member.From);
        if (member.IsOpen)
        {
            turns.Add(from, member.Pool, 0, 1);
            member.From = member.Requests > 0 ? from : member.From;
        }
        else if (member.Has(MemberFlags.Opened) && from.Number < member.Closed.Number)
        {
            // The request had begun when the FIN came, and its head became whole after it.
            turns.Add(from, member.Pool, 0, 1);
            turns.Add(member.Closed, member.Pool, 0, -1);
        }
    }

    /// <summary>The first request of a connection says for which host it was opened.</summary>
    public void Name(ref Member member, int host)
    {
        member.Host = host;
        if (host >= 0 && member.Has(MemberFlags.Opened))
        {
            turns.Add(member.From, ~host, 1, 0);
            if (member.Has(MemberFlags.Closed))
            {
                turns.Add(member.Closed, ~host, -1, 0);
            }
        }
    }

    /// <summary>An exchange ended that was not inside a tunnel.</summary>
    public void OnExchange(ref Member member, in HttpExchange exchange)
    {
        if (exchange is { End: ExchangeEnd.Switched, Stream: 0 })
        {
            member.Flags |= MemberFlags.LeftHttp;
        }
        else if (exchange.Stream > 0)
        {
            // RFC 7540 §3.2: what Upgrade: h2c led to is HTTP all the same.
            member.Flags &= ~MemberFlags.LeftHttp;
        }

        // What the capture does not see the end of is still under way.
        var isIdle = exchange.Outstanding == 0 && exchange.End != ExchangeEnd.InProgress
            && !member.Has(MemberFlags.LeftHttp) && member.Has(MemberFlags.Busy);
        if (!isIdle)
        {
            return;
        }

        member.Flags &= ~MemberFlags.Busy;
        var end = PacketRef.Later(exchange.EndedBy, member.From);
        if (member.IsOpen)
        {
            turns.Add(end, member.Pool, 0, -1);
            member.From = end;
        }
        else if (member.Has(MemberFlags.Opened) && end.Number < member.Closed.Number)
        {
            // It had ended before the FIN, and was told of after it: the closing took it for busy.
            turns.Add(end, member.Pool, 0, -1);
            turns.Add(member.Closed, member.Pool, 0, 1);
        }
    }

    /// <summary>The ends were taken for each other: it counts in the other pool, there from its opening on.</summary>
    public void Move(ref Member member, int pool, PacketRef at)
    {
        member.Flags |= MemberFlags.Reversed;
        if (member.Has(MemberFlags.Opened))
        {
            var busy = member.Has(MemberFlags.Busy) ? 1 : 0;
            turns.Add(member.From, pool, 1, busy);
            if (member.Has(MemberFlags.Closed))
            {
                turns.Add(member.Closed, pool, -1, -busy);
            }
            else
            {
                turns.Add(at, member.Pool, -1, -busy);
            }
        }

        member.Pool = pool;
    }

    public void Remove(ConnectionId connection)
    {
        ref var member = ref _members[connection.Slot];
        if (member.IsOpen && _unendedCount < MostSuperseded)
        {
            _unended[_unendedCount++] = new Unended(_now, member.Pool, member.Host, member.Has(MemberFlags.Busy));
        }

        member = default;
    }

    /// <summary>Counts those that have not left, as far as they have come.</summary>
    public void CountPresent(IReadOnlyList<Pool> pools)
    {
        for (var slot = 0; slot < _end; slot++)
        {
            // A slot that several lines give out may have no page.
            ref readonly var member = ref _members.Reach(slot);
            if (member.Has(MemberFlags.Present))
            {
                pools[member.Pool].AddPresent(member);
            }
        }
    }

    private void Establish(ref Member member, Side side, PacketRef packet)
    {
        member.Flags |= side == Side.Client ? MemberFlags.ClientEstablished : MemberFlags.ServerEstablished;
        if ((member.Flags & MemberFlags.BothEstablished) == MemberFlags.BothEstablished)
        {
            Open(ref member, packet);
        }
    }

    private void Open(ref Member member, PacketRef packet)
    {
        if (!member.Has(MemberFlags.Opened | MemberFlags.Closed))
        {
            member.Flags |= MemberFlags.Opened;
            member.From = packet;
            turns.Add(packet, member.Pool, 1, member.Has(MemberFlags.Busy) ? 1 : 0);
        }
    }

    private void Close(ref Member member, Side closer, PacketRef packet)
    {
        member.Flags |= closer == Side.Client ? MemberFlags.Closed | MemberFlags.ClosedByClient : MemberFlags.Closed;
        member.Closed = packet;
        if (!member.Has(MemberFlags.Opened))
        {
            return;
        }

        turns.Add(packet, member.Pool, -1, member.Has(MemberFlags.Busy) ? -1 : 0);
        if (member.Host >= 0)
        {
            turns.Add(packet, ~member.Host, -1, 0);
        }
    }

    /// <summary>
    /// A connection that leaves without FIN or RST was superseded by a SYN, if another SYN follows; otherwise the
    /// capture has ended, and as far as it goes the connection stays open.
    /// </summary>
    private void EndSuperseded()
    {
        foreach (var end in _unended.AsSpan(0, _unendedCount))
        {
            turns.Add(end.At, end.Pool, -1, end.WasBusy ? -1 : 0);
            if (end.Host >= 0)
            {
                turns.Add(end.At, ~end.Host, -1, 0);
            }
        }

        _unendedCount = 0;
    }

    private readonly record struct Unended(PacketRef At, int Pool, int Host, bool WasBusy);
}
