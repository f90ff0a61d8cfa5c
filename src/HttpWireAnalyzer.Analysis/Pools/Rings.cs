namespace HttpWireAnalyzer.Analysis.Pools;

/// <summary>Nodes in rings, by their numbers: at first each is a ring of its own.</summary>
internal sealed class Rings
{
    private readonly Links[] _nodes;

    public Rings(int nodes)
    {
        _nodes = new Links[nodes];
        for (var node = 0; node < nodes; node++)
        {
            _nodes[node] = new Links(node, node);
        }
    }

    public int Before(int node) => _nodes[node].Before;

    /// <summary>The other nodes of its ring, the one before it first.</summary>
    public Backwards Backwards(int node) => new(_nodes, node);

    public int After(int node) => _nodes[node].After;

    /// <param name="node">A ring of its own.</param>
    /// <param name="before">What it comes to stand behind.</param>
    public void Insert(int node, int before)
    {
        var after = _nodes[before].After;
        _nodes[node] = new Links(before, after);
        _nodes[before].After = node;
        _nodes[after].Before = node;
    }

    /// <summary>It is a ring of its own from then on.</summary>
    public void Remove(int node)
    {
        var (before, after) = (_nodes[node].Before, _nodes[node].After);
        _nodes[before].After = after;
        _nodes[after].Before = before;
        _nodes[node] = new Links(node, node);
    }

    internal struct Links(int before, int after)
    {
        public int Before = before;
        public int After = after;
    }
}

/// <summary>For foreach.</summary>
internal ref struct Backwards(ReadOnlySpan<Rings.Links> nodes, int ring)
{
    private readonly ReadOnlySpan<Rings.Links> _nodes = nodes;
    private readonly int _ring = ring;

    public int Current { get; private set; } = ring;

    public readonly Backwards GetEnumerator() => this;

    public bool MoveNext() => (Current = _nodes[Current].Before) != _ring;
}
