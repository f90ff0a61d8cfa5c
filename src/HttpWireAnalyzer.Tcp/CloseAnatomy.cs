using System.Diagnostics.CodeAnalysis;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>How a connection ended.</summary>
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Parts are reached by reference, not copied.")]
public record struct CloseAnatomy
{
    public CloseManner How;

    /// <summary>Who sent the first FIN or RST; meaningful unless still open.</summary>
    public Side First;

    /// <summary>That FIN or RST; of a FIN that the capture lacks (<see cref="EndSummary.HasUnseenFin"/>), the next of either end.</summary>
    public PacketRef Packet;

    /// <summary>From the first FIN to the last octet or FIN of the other side; 0 without a half-close.</summary>
    public long HalfCloseNanoseconds;

    /// <summary>Octets that the other side sent after the first FIN had reached it.</summary>
    public long HalfCloseOctets;

    /// <summary>The RST covers octets that its sender had acknowledged but could not have answered (RFC 9293 §3.6.1).</summary>
    public bool ResetOnUnread;

    /// <summary>Octets that reached the resetting end after its last own octet: some of them, or all, stayed unread.</summary>
    public long UnreadOctets;

    /// <summary>The client is, or was, in TIME-WAIT.</summary>
    public bool ClientHoldsTimeWait;

    public bool ServerHoldsTimeWait;

    public readonly bool HasTimeWait => ClientHoldsTimeWait || ServerHoldsTimeWait;

    /// <summary>When the last TIME-WAIT ends, by the profile or a RST; meaningless without a holder.</summary>
    public Timestamp TimeWaitUntil;

    /// <summary>The RST that ended TIME-WAIT before its time was over (RFC 9293 §3.10.7.4, RFC 1337).</summary>
    public PacketRef TimeWaitReset;

    /// <summary>The connection never came to be: refused, or not answered.</summary>
    public readonly bool NeverOpened => How is CloseManner.Refused or CloseManner.Unanswered;

    /// <summary>A FIN or RST says who ended it.</summary>
    public readonly bool HasCloser => How is not (CloseManner.Open or CloseManner.Unanswered);
}

/// <summary>The manner of an end.</summary>
public enum CloseManner : byte
{
    /// <summary>Not closed when last seen.</summary>
    Open,

    /// <summary>A SYN that nobody answered.</summary>
    Unanswered,

    /// <summary>A SYN answered by RST.</summary>
    Refused,

    /// <summary>One FIN only: half-closed when last seen.</summary>
    HalfClosed,

    /// <summary>A FIN from each side, one after the other.</summary>
    Fin,

    /// <summary>A FIN from each side before either saw the other's (RFC 9293 §3.6, figure 13).</summary>
    SimultaneousFin,

    /// <summary>A RST after at least one FIN.</summary>
    FinThenReset,

    /// <summary>A RST, without a FIN before it.</summary>
    Reset,
}
