using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture;

/// <summary>What an interface counted since the capture began (draft-ietf-opsawg-pcapng §4.6); null where unknown.</summary>
/// <param name="Received">Packets that came to the interface (isb_ifrecv).</param>
/// <param name="Accepted">Packets that the filter accepted (isb_filteraccept).</param>
/// <param name="DroppedByInterface">Lost in the network card or its driver (isb_ifdrop).</param>
/// <param name="DroppedBySystem">Accepted, and lost because nobody read them in time (isb_osdrop).</param>
/// <param name="Delivered">Packets that were handed to the program that captured (isb_usrdeliv).</param>
public readonly record struct InterfaceCounts(
    long? Received, long? Accepted, long? DroppedByInterface, long? DroppedBySystem, long? Delivered)
{
    /// <summary>
    /// When the capture began that is counted (isb_starttime); null where unknown. Files of one recording have it in common,
    /// and the counts of each hold those of the files before it.
    /// </summary>
    public Timestamp? Since { get; init; }

    /// <summary>What the interface lost and what the system lost: neither count holds the other.</summary>
    public long? Dropped => Sum([DroppedByInterface, DroppedBySystem]);

    /// <summary>Packets that the filter accepted and that were neither delivered nor dropped; null where it cannot be told.</summary>
    public long? Undelivered => Accepted is { } accepted && Delivered is { } delivered
        ? (long)Int128.Max((Int128)accepted - (DroppedBySystem ?? 0) - delivered, 0)
        : null;

    /// <summary>Of those that are known, null where none is. A file may say any number: what no long holds is the largest.</summary>
    public static long? Sum(IEnumerable<long?> counts)
    {
        Int128? sum = null;
        foreach (var count in counts)
        {
            sum = count is { } known ? (sum ?? 0) + known : sum;
        }

        return sum is { } total ? (long)Int128.Min(total, long.MaxValue) : null;
    }

    /// <summary>What was lost stays lost where these counts do not repeat it.</summary>
    public InterfaceCounts After(in InterfaceCounts earlier) => this with
    {
        DroppedByInterface = DroppedByInterface ?? earlier.DroppedByInterface,
        DroppedBySystem = DroppedBySystem ?? earlier.DroppedBySystem,
        Since = Since ?? earlier.Since,
    };
}
