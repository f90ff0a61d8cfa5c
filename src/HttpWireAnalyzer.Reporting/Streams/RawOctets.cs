using HttpWireAnalyzer.Tcp;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Reporting.Streams;

/// <summary>The octets and nothing else: for files and pipes, never for a terminal. Gaps leave no trace.</summary>
public sealed class RawOctets(Stream output) : IOctetSink
{
    public void OnOctets(Side sender, long offset, PacketRef packet, ReadOnlySpan<byte> octets) => output.Write(octets);

    public void OnGap(in StreamGap gap)
    {
    }

    public void End() => output.Flush();
}
