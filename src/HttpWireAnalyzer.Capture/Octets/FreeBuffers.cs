using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Octets;

/// <summary>Buffers to be used again once no batch holds them: as many as batches hold at a time.</summary>
internal sealed class FreeBuffers
{
    private readonly List<OctetBuffer> _given = [];

    /// <summary>Not cleared, and pinned, since it is read into for as long as the file lasts.</summary>
    public static OctetBuffer Allocate(int octets) =>
        new(GC.AllocateUninitializedArray<byte>(octets, pinned: true));

    /// <summary>A buffer whose octets the source needs no more itself; batches may hold it still.</summary>
    public void Give(OctetBuffer buffer) => _given.Add(buffer);

    /// <summary>A buffer of at least <paramref name="octets"/> octets; smaller ones that are free are forgotten.</summary>
    public OctetBuffer Take(int octets)
    {
        for (var i = _given.Count - 1; i >= 0; i--)
        {
            var buffer = _given[i];
            if (!buffer.IsHeld)
            {
                _given.RemoveAt(i);
                if (buffer.Octets.Length >= octets)
                {
                    return buffer;
                }
            }
        }

        return Allocate(octets);
    }
}
