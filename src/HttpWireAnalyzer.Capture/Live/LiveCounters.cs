namespace HttpWireAnalyzer.Capture.Live;

/// <summary>What became of the packets of one interface since the capture began.</summary>
/// <param name="Interface">Its name.</param>
/// <param name="Received">Packets that the filter accepted.</param>
/// <param name="Delivered">Packets that came out of the kernel.</param>
/// <param name="DroppedByKernel">Packets for which the kernel's buffer had no room.</param>
/// <param name="DroppedByInterface">Packets that the interface or its driver lost before any filter; where they are counted.</param>
/// <param name="Shed">What was taken from delivered packets, or of them, because analysis was behind.</param>
/// <param name="LostTail">
/// Packets that the filter accepted and that neither came nor were counted as dropped: until the capture has ended they
/// are still in the kernel's buffer. Null where the system does not count so that this can be told.
/// </param>
public sealed record LiveCounters(
    string Interface,
    long Received,
    long Delivered,
    long DroppedByKernel,
    long DroppedByInterface,
    ShedCounts Shed,
    long? LostTail)
{
    /// <summary>As statistics of a file have them.</summary>
    /// <param name="isOver">
    /// Until the capture is over, what was accepted and has not come is in the kernel's buffer, and will be in the next file:
    /// then the file does not say what was accepted.
    /// </param>
    internal InterfaceCounts ForFiles(bool isOver) => new(
        Received: LostTail is null ? Received : null,
        Accepted: isOver && LostTail is not null ? Received : null,
        DroppedByInterface,
        DroppedByKernel,
        Delivered - Shed.Packets);
}

/// <summary>What a queue that was nearly full cost, in the order in which it is given up.</summary>
/// <param name="Bodies">Packets that lost their payload, which held no HTTP head; their headers stayed.</param>
/// <param name="Heads">Packets that lost a payload with an HTTP head; their headers stayed.</param>
/// <param name="Octets">Payload octets of both.</param>
/// <param name="Packets">Packets lost as a whole: never one with SYN, FIN or RST.</param>
public readonly record struct ShedCounts(long Bodies, long Heads, long Octets, long Packets)
{
    public ShedCounts Plus(ShedCounts other) =>
        new(Bodies + other.Bodies, Heads + other.Heads, Octets + other.Octets, Packets + other.Packets);
}
