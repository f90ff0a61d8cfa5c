using System.Globalization;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Pcapng;

/// <summary>What a packet block needs of its interface.</summary>
/// <param name="IsKnown">Packets of its link type are decoded.</param>
internal readonly record struct PacketInterface(
    TimeScale Scale, LinkType LinkType, bool IsKnown, uint SnapLength, ushort Index);

/// <summary>The interfaces of a file: numbered from 0 in each section by it, over all sections by us.</summary>
internal sealed class SectionInterfaces
{
    private readonly List<CaptureInterface> _all = [];
    private PacketInterface[] _ofSection = [];

    public IReadOnlyList<CaptureInterface> All => _all;

    /// <summary>Interfaces that the present section described.</summary>
    public int Count { get; private set; }

    public void BeginSection() => Count = 0;

    /// <summary>Those above the limit are not kept: their packets then are of an unknown interface.</summary>
    public void Add(in InterfaceDescription description)
    {
        if (_all.Count == CaptureLimits.Interfaces)
        {
            return;
        }

        if (Count == _ofSection.Length)
        {
            Array.Resize(ref _ofSection, Math.Max(4, Count * 2));
        }

        _ofSection[Count++] = new PacketInterface(
            description.Scale, description.LinkType, FrameDecoder.IsKnown(description.LinkType), description.SnapLength,
            (ushort)_all.Count);
        _all.Add(new CaptureInterface(
            description.Name, description.LinkType, description.SnapLength, description.Filter));
    }

    /// <summary>Counts are since the capture began, so each block replaces the one before.</summary>
    public void Update(in InterfaceStatistics statistics)
    {
        if (statistics.Interface < Count)
        {
            ref readonly var one = ref _ofSection[statistics.Interface];
            Timestamp? since = statistics.StartTicks is { } ticks ? one.Scale.Time(ticks) : null;
            var counts = statistics.Counts with { Since = since };
            _all[one.Index] = _all[one.Index] with { Counts = counts.After(_all[one.Index].Counts) };
        }
    }

    /// <summary>What the filters accepted and nobody was given, as the last statistics have it.</summary>
    public IEnumerable<CaptureRemark> Undelivered(string file) => _all
        .Where(each => each.Counts.Undelivered > 0)
        .Select(each => new CaptureRemark(
            CaptureRemarkKind.Lost,
            each.Name ?? file,
            -1,
            string.Create(CultureInfo.InvariantCulture, $"{each.Counts.Accepted} packets{(each.Name is null ? "" : $" of interface {each.Name}")} accepted by the filter"),
            string.Create(CultureInfo.InvariantCulture, $"{each.Counts.Undelivered} that were neither delivered nor dropped"))
        {
            SaidBy = file,
        });

    public ref readonly PacketInterface this[uint id] => ref _ofSection[id];
}
