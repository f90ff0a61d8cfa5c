using System.Buffers;

namespace HttpWireAnalyzer.Http;

/// <summary>Octets of a head that came in pieces: the one place where the message stage copies a stream.</summary>
internal struct HeadBuffer
{
    private const int InitialCapacity = 1024;

    private byte[]? _octets;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Octets => _octets.AsSpan(0, Length);

    /// <summary>Copies what fits below <paramref name="limit"/> and says how much that was.</summary>
    public int Append(ReadOnlySpan<byte> octets, int limit)
    {
        var taken = Math.Min(octets.Length, limit - Length);
        if (_octets is null || Length + taken > _octets.Length)
        {
            Grow(Length + taken);
        }

        octets[..taken].CopyTo(_octets.AsSpan(Length));
        Length += taken;
        return taken;
    }

    public void Release()
    {
        if (_octets is not null)
        {
            ArrayPool<byte>.Shared.Return(_octets);
        }

        this = default;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(InitialCapacity, Math.Max(needed, Length * 2)));
        Octets.CopyTo(larger);
        if (_octets is not null)
        {
            ArrayPool<byte>.Shared.Return(_octets);
        }

        _octets = larger;
    }
}
