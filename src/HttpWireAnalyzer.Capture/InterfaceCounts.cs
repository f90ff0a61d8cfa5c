namespace HttpWireAnalyzer.Capture;

/// <summary>What an interface counted since the capture began; null where unknown.</summary>
/// <param name="Received">Packets that came to the tap.</param>
/// <param name="DroppedByInterface">Lost in the network card or its driver.</param>
/// <param name="DroppedBySystem">Lost because nobody read them in time.</param>
/// <param name="Delivered">Packets that were handed to us.</param>
public readonly record struct InterfaceCounts(
    long? Received, long? DroppedByInterface, long? DroppedBySystem, long? Delivered);
