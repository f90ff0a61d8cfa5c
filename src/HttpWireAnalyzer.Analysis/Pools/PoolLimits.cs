namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>Everything in the account of pools that can grow has its limit here.</summary>
public sealed record PoolLimits
{
    public static readonly PoolLimits Default = new();

    /// <summary>
    /// Pools that are told apart; connections of further ones are only counted. About a kibibyte each: a scan of a
    /// /18 network makes no more.
    /// </summary>
    public int Pools { get; init; } = 16 * 1024;

    /// <summary>
    /// Turns of all pools that are held until nothing earlier can come, a power of two. A request makes its connection
    /// busy from its first octet, and is reported when its head is whole: heads take a segment or two, and between
    /// those a busy tap sees some hundred turns. One that comes later still counts from the earliest turn held.
    /// </summary>
    public int HeldTurns { get; init; } = 1024;

    /// <summary>Parts of a pool's time line, even: two for each column of a wide terminal at most.</summary>
    public int TimeLineParts { get; init; } = 64;

    /// <summary>Host names that are listed with a pool: more are a forward proxy's, whose list nobody reads.</summary>
    public int HostsOfPool { get; init; } = 8;

    /// <summary>Host names, of all clients together, that are followed for sharding: a page uses some dozen.</summary>
    public int HostUses { get; init; } = 4096;

    /// <summary>Octets of a host name that are looked at: a name has at most 255 (RFC 1035 §2.3.4), its port five more.</summary>
    public int HostOctets { get; init; } = 261;

    /// <summary>
    /// How long after a failed exchange a request like it is its retry, nanoseconds: clients back off for a second or
    /// two at first; what comes later is as likely a new call.
    /// </summary>
    public long RetryWithin { get; init; } = 5_000_000_000;

    /// <summary>
    /// Failed exchanges, of all clients together, that are remembered: about 100 octets each. Where there are more, the one that
    /// failed first goes; two hundred a second are fewer in <see cref="RetryWithin"/>.
    /// </summary>
    public int Failures { get; init; } = 1024;
}
