using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Octets;

/// <summary>A capture file that is read through a window: what is whole in it is taken, and then more octets are fetched.</summary>
/// <param name="window">Belongs to the reader.</param>
internal abstract class WindowReader(OctetWindow window) : IPacketSource, IReadProgress
{
    public abstract IReadOnlyList<CaptureInterface> Interfaces { get; }

    public abstract IReadOnlyList<CaptureRemark> Remarks { get; }

    public long OctetsRead => Window.Source.Position;

    public long? OctetsInAll => Window.Source.Length;

    protected OctetWindow Window { get; } = window;

    /// <summary>Octets that what comes next has, as far as that is known; set where it is not whole.</summary>
    protected int Needed { get; set; }

    /// <summary>Nothing more is read: the octets have come to their end, or make no sense any more.</summary>
    protected bool HasEnded { get; set; }

    public bool Read(PacketBatch batch)
    {
        batch.Begin(Window.Buffer);
        while (!HasEnded)
        {
            Take(batch);
            if (batch.Count > 0)
            {
                return true;
            }

            // An empty batch need not hold the buffer: if no other does, it is filled again.
            batch.Release();
            if (!HasEnded && !Window.Fill(Needed))
            {
                HasEnded = true;
                NoteEnd();
            }

            batch.Begin(Window.Buffer);
        }

        return false;
    }

    public void Dispose() => Window.Dispose();

    /// <summary>Takes what is whole, as far as the batch has room.</summary>
    protected abstract void Take(PacketBatch batch);

    /// <summary>No more octets come: says what was not whole, and why.</summary>
    protected abstract void NoteEnd();
}
