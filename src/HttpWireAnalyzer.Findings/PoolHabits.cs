namespace HttpWireAnalyzer.Findings;

/// <summary>What connection after connection of one pool has shown, for rules that need more than one of them.</summary>
public sealed class PoolHabits
{
    internal PoolHabits(PoolName name, ServerHabits server, FindingLimits limits)
    {
        Name = name;
        Server = server;
        ClientIdle = new IdleTimeouts(limits);
    }

    public PoolName Name { get; }

    /// <summary>Shared with the pools of other clients.</summary>
    public ServerHabits Server { get; }

    /// <summary>When this client closes idle connections to this server.</summary>
    public IdleTimeouts ClientIdle { get; }

    /// <summary>The longest idle time after which this client tried to use a connection again, answered or not.</summary>
    public IdleSpan LongestTried { get; private set; }

    internal void Try(in IdleSpan span)
    {
        if (span.Length > LongestTried.Length)
        {
            LongestTried = span;
        }
    }
}

/// <summary>What one server endpoint has shown, to all of its clients.</summary>
public sealed class ServerHabits
{
    internal ServerHabits(FindingLimits limits) => Idle = new IdleTimeouts(limits);

    /// <summary>When it closes idle connections.</summary>
    public IdleTimeouts Idle { get; }
}
