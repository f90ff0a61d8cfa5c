using System.Runtime.CompilerServices;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tcp;

/// <summary>Remarks on the segment that is being seen.</summary>
internal static class SightingRemarks
{
    /// <remarks>Few segments are remarked on: inlined, it would only make longer what all of them pass.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Remark(
        this IStreamSink sink, in Sighting seen, TcpRemarkKind kind, PacketRef earlier, long value, bool isResent = false) =>
        sink.OnRemark(new TcpRemark(seen.Connection, seen.Sender, kind, seen.Packet, earlier, value, isResent));
}
