using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules.Persistence;

/// <summary>After how many requests connections ended, and how many after each number.</summary>
internal sealed class RequestCounts
{
    /// <summary>Numbers that are kept apart: where there are more, none of them has a share to speak of.</summary>
    private const int MostNumbers = 256;

    private readonly SortedDictionary<int, Tally> _byRequests = [];

    public long Total { get; private set; }

    public void Add(int requests, int connection, PacketRef evidence, PacketRef close)
    {
        Total++;
        if (!_byRequests.TryGetValue(requests, out var tally) && _byRequests.Count < MostNumbers)
        {
            _byRequests.Add(requests, tally = new Tally());
        }

        tally?.Add(connection, requests, evidence, close);
    }

    /// <summary>The most frequent number; of equal ones the lowest; null without any.</summary>
    public (int Requests, Tally Tally)? Most()
    {
        (int Requests, Tally Tally)? most = null;
        foreach (var (requests, tally) in _byRequests)
        {
            most = most is null || tally.Count > most.Value.Tally.Count ? (requests, tally) : most;
        }

        return most;
    }
}
