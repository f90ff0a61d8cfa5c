using System.Diagnostics.CodeAnalysis;
using HttpWireAnalyzer.Wire;
using HttpWireAnalyzer.Wire.Ip;

namespace HttpWireAnalyzer.Tcp;

/// <summary>All that is known of a connection when it leaves, or when the capture ends.</summary>
/// <remarks>
/// Fields, here and in its parts, because it is large: it is put together where it stands, and read there by all who
/// are given it. Who keeps it keeps a copy.
/// </remarks>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Parts are reached by reference, not copied.")]
public record struct TcpSummary
{
    public required ConnectionId Connection;

    /// <summary>The ends as finally known; see <see cref="Swapped"/>.</summary>
    public required Endpoint Client;

    public required Endpoint Server;

    /// <summary>
    /// True where everything reported before this said "client" for what is the server: a SYN seen late.
    /// <see cref="ClientEnd"/> and <see cref="ServerEnd"/> are right already.
    /// </summary>
    public required bool Swapped;

    public required Encapsulation Encapsulation;

    /// <summary>1 for the first connection of the 4-tuple.</summary>
    public required int Incarnation;

    /// <summary>Neither SYN nor SYN-ACK was seen.</summary>
    public required bool Midstream;

    public required PacketRef First;

    public required PacketRef Last;

    /// <summary>The ACK that completed the handshake; none where it was not seen.</summary>
    public required PacketRef HandshakeAck;

    public required CloseAnatomy Close;

    public required EndSummary ClientEnd;

    public required EndSummary ServerEnd;

    /// <summary>Zeek's conn_state, for interchange.</summary>
    public required ZeekState ZeekState;

    /// <summary>Zeek's history string, for interchange.</summary>
    public required string ZeekHistory;

    [UnscopedRef]
    public readonly ref readonly EndSummary EndOf(Side side) => ref side == Side.Client ? ref ClientEnd : ref ServerEnd;

    /// <summary>
    /// The end that closed first went on reading: octets came behind its FIN, and no RST of its own refused them (RFC 9293 §3.6).
    /// </summary>
    public readonly bool IsReadOn => Close.HalfCloseOctets > 0 && EndOf(Close.First).Rst.IsNone;

    /// <summary>One end only was heard, and it did more than to send SYNs that nobody answered.</summary>
    public readonly bool IsOneSided => ServerEnd.Counters.Packets == 0
        ? ClientEnd.Counters.Packets > ClientEnd.Counters.AllSyns + ClientEnd.Counters.Rsts
        : ClientEnd.Counters.Packets == 0;

    /// <summary>
    /// What events called <paramref name="side"/>, as it is finally known: a SYN seen late swaps the ends. The same way back.
    /// </summary>
    public readonly Side Actual(Side side) => Swapped ? side.Other() : side;
}
