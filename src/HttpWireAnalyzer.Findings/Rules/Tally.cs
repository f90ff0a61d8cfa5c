using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Findings.Rules;

/// <summary>What a rule that tells of a pool once counts of it: how often, how much, and the first packets as evidence.</summary>
internal sealed class Tally
{
    /// <summary>Cases whose packets are kept: more show nothing new.</summary>
    private const int Shown = 3;

    private readonly List<PacketRef> _evidence = [];
    private int _connection = -1;
    private bool _isOfSeveral;

    public long Count { get; private set; }

    public long Sum { get; private set; }

    public long Most { get; private set; }

    /// <summary>The value of the first case.</summary>
    public long FirstValue { get; private set; }

    /// <summary>Of the first case.</summary>
    public PacketRef First { get; private set; }

    /// <summary>The packet after it, of the same case.</summary>
    public PacketRef Second => _evidence[1];

    public void Add(int connection, long value, params ReadOnlySpan<PacketRef> packets)
    {
        FirstValue = Count == 0 ? value : FirstValue;
        Count++;
        Sum += value;
        Most = long.Max(Most, value);
        First = First.IsNone ? packets[0] : First;
        _isOfSeveral |= _connection >= 0 && _connection != connection;
        _connection = _connection < 0 ? connection : _connection;
        if (Count <= Shown)
        {
            _evidence.AddRange(packets);
        }
    }

    public IReadOnlyList<PacketRef> Evidence() => Findings.Evidence.Of([.. _evidence]);

    /// <summary>The connection where it is about one only; else the pool.</summary>
    public FindingSubject SubjectOf(PoolHabits pool) =>
        _isOfSeveral ? FindingSubject.Of(pool.Name) : FindingSubject.Of(_connection);
}
