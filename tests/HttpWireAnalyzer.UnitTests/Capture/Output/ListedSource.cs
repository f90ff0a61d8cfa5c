using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.UnitTests.Capture.Output;

/// <summary>A source of packets made by a test, as a live capture gives them: batches of any size, and idle times.</summary>
internal sealed class ListedSource : IPacketSource
{
    private readonly Queue<Action<PacketBatch>> _batches = [];
    private long _number;

    public IReadOnlyList<CaptureInterface> Interfaces { get; } =
        [new CaptureInterface("lo", LinkType.Ethernet, 262144, null) { Counts = new InterfaceCounts(null, null, 1, 2, null) }];

    public IReadOnlyList<CaptureRemark> Remarks => [];

    /// <summary>One batch, of a packet at each time.</summary>
    public ListedSource Packets(params double[] seconds) => PacketsOf(60, seconds);

    public ListedSource PacketsOf(int length, params double[] seconds)
    {
        _batches.Enqueue(batch =>
        {
            var octets = new byte[length * seconds.Length];
            new Random(length).NextBytes(octets);
            batch.Begin(new OctetBuffer(octets));
            for (var i = 0; i < seconds.Length; i++)
            {
                batch.Add(new PacketRecord(
                    new PacketRef(++_number, Time(seconds[i])), i * length, length, length, LinkType.Ethernet, 0));
            }
        });
        return this;
    }

    /// <summary>No packet until then.</summary>
    public ListedSource Idle(double seconds)
    {
        _batches.Enqueue(batch => batch.BeginIdle(Time(seconds)));
        return this;
    }

    public bool Read(PacketBatch batch)
    {
        if (!_batches.TryDequeue(out var next))
        {
            return false;
        }

        next(batch);
        return true;
    }

    public void Dispose()
    {
    }

    public static Timestamp Time(double seconds) => new((long)Math.Round(seconds * Timestamp.NanosecondsPerSecond));
}
