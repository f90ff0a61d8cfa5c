using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Http;

namespace HttpWireAnalyzer.Findings.Rules.LongLived;

/// <summary>Keeps the requests that come again, by pool and head.</summary>
internal sealed class RepeatedRequests
{
    /// <summary>Different requests that are watched; those of later ones are not.</summary>
    private const int Most = 4096;

    private readonly Dictionary<(PoolHabits Pool, RequestHead Head), Repeated> _requests = new(new SameHead());
    private Repeated? _recent;

    public IEnumerable<Repeated> All => _requests.Values.OrderBy(request => request.First.Number);

    /// <summary>Null where it is no whole exchange, or there are too many to watch.</summary>
    public Repeated? Of(in ExchangeCase exchange)
    {
        ref readonly var it = ref exchange.Exchange;
        if (it.Request is not { } head || it.Response is null || it.TunnelDepth > 0 || exchange.Pool.IsRest || it.End is not (ExchangeEnd.Complete or ExchangeEnd.CompleteByClose))
        {
            return null;
        }

        if (_recent is not null && ReferenceEquals(_recent.Request, head) && _recent.Pool == exchange.Pool)
        {
            return _recent;
        }

        return Find(exchange, head);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Repeated? Find(in ExchangeCase exchange, RequestHead head)
    {
        if (!_requests.TryGetValue((exchange.Pool, head), out var found))
        {
            if (_requests.Count == Most)
            {
                return null;
            }

            _requests.Add((exchange.Pool, head), found = new Repeated(exchange.Pool, head, exchange.Exchange.RequestTrace.Start));
        }

        _recent = found;
        return found;
    }

    /// <summary>
    /// Equal heads are mostly one object, but not all: long ones are not shared, and lines side by side read for themselves.
    /// </summary>
    private sealed class SameHead : IEqualityComparer<(PoolHabits Pool, RequestHead Head)>
    {
        public bool Equals((PoolHabits Pool, RequestHead Head) one, (PoolHabits Pool, RequestHead Head) other) =>
            one.Pool == other.Pool && one.Head.Octets.AsSpan().SequenceEqual(other.Head.Octets);

        public int GetHashCode((PoolHabits Pool, RequestHead Head) request)
        {
            HashCode hash = default;
            hash.Add(request.Pool);
            hash.AddBytes(request.Head.Octets);
            return hash.ToHashCode();
        }
    }
}
