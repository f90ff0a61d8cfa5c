using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>A stretch of the capture: its packets where the source has put them, and what each line is to do.</summary>
internal sealed class Stretch(int lines)
{
    /// <summary>
    /// When it is long enough: some hundred microseconds of work, beside which a thread's waking (some five) is little,
    /// and octets that the second-level cache holds.
    /// </summary>
    private const int MostBatches = 8;

    private const int EnoughOctets = 256 * 1024;

    private readonly PacketBatch[] _batches = [.. Enumerable.Range(0, MostBatches).Select(_ => new PacketBatch())];
    private int _octets;

    public StretchPart[] Parts { get; } = [.. Enumerable.Range(0, lines).Select(_ => new StretchPart())];

    /// <summary>Nothing comes after it.</summary>
    public bool IsLast { get; set; }

    /// <summary>Place of the batch that is filled now.</summary>
    public int Last { get; private set; }

    /// <summary>Of the capture, up to the end of the stretch.</summary>
    public long PacketsSoFar { get; private set; }

    /// <inheritdoc cref="PacketsSoFar"/>
    public long OctetsSoFar { get; private set; }

    public bool IsFull => Last == MostBatches || _octets >= EnoughOctets;

    public PacketBatch this[int batch] => _batches[batch];

    /// <summary>The last batch is as full as it will be.</summary>
    /// <param name="packetsSoFar">Of the capture.</param>
    /// <param name="octetsSoFar">Of the capture.</param>
    public void EndBatch(long packetsSoFar, long octetsSoFar)
    {
        (PacketsSoFar, OctetsSoFar) = (packetsSoFar, octetsSoFar);
        var batch = _batches[Last++];
        for (var i = 0; i < batch.Count; i++)
        {
            _octets += batch[i].CapturedLength;
        }
    }

    /// <summary>Empties it, and lets the packets go.</summary>
    public void Clear()
    {
        foreach (var batch in _batches)
        {
            batch.Release();
        }

        foreach (var part in Parts)
        {
            part.Clear();
        }

        _octets = 0;
        Last = 0;
    }
}
