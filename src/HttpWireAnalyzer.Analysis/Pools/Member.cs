using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>A live connection, as a member of its pool: 48 octets.</summary>
internal struct Member
{
    /// <summary>Where the next turn can stand at the earliest: its opening until the first exchange is given, then its last turn.</summary>
    public PacketRef From;

    /// <summary>The first FIN or RST.</summary>
    public PacketRef Closed;

    /// <summary>Place of its pool.</summary>
    public int Pool;

    /// <summary>Place of the Host of its first request; -1 without one that is followed.</summary>
    public int Host;

    /// <summary>Given so far, but for those inside a tunnel.</summary>
    public int Requests;

    /// <summary>Of the end that was taken for the client when it opened.</summary>
    public ushort ClientPort;

    public MemberFlags Flags;

    public readonly bool Has(MemberFlags flag) => (Flags & flag) != 0;

    /// <summary>The first FIN or RST, if that end sent it; else none.</summary>
    public readonly PacketRef ClosedBy(Side side) => Has(MemberFlags.ClosedByClient) == (side == Side.Client) ? Closed : default;

    /// <summary>It counts as open now.</summary>
    public readonly bool IsOpen => (Flags & (MemberFlags.Opened | MemberFlags.Closed)) == MemberFlags.Opened;
}

/// <summary>What has happened to it.</summary>
[Flags]
internal enum MemberFlags : ushort
{
    None = 0,
    ClientEstablished = 1,
    ServerEstablished = 2,
    BothEstablished = ClientEstablished | ServerEstablished,
    Opened = 4,
    Closed = 8,
    Busy = 16,

    /// <summary>A tunnel or another protocol: busy until it closes, for no exchange can have it (RFC 9110 §7.8, §9.3.6).</summary>
    LeftHttp = 32,

    /// <summary>The requests came from the end that was taken for the server.</summary>
    Reversed = 64,

    /// <summary>It has not left.</summary>
    Present = 128,
    Midstream = 256,

    /// <summary>The end that was taken for the client sent the first FIN or RST.</summary>
    ClosedByClient = 512,
}
