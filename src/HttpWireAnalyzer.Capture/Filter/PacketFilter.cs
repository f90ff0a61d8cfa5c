using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Capture.Filter;

/// <summary>A BPF filter, compiled once for one link type.</summary>
internal sealed class PacketFilter : IDisposable
{
    // What libpcap allows at most; it only bounds what "accept" returns.
    private const int SnapLength = CaptureLimits.UsualPacketOctets;

    private LibPcap.BpfProgram _program;
    private bool _isFreed;

    private PacketFilter(LibPcap.BpfProgram program) => _program = program;

    /// <exception cref="CaptureFormatException">libpcap is not on this machine.</exception>
    /// <param name="error">libpcap's text where there is no filter.</param>
    public static PacketFilter? Compile(string filter, LinkType linkType, out string? error)
    {
        try
        {
            using var handle = LibPcap.OpenDead(linkType, SnapLength);
            if (handle.IsInvalid)
            {
                throw new InsufficientMemoryException("libpcap has no memory for a filter");
            }

            var status = LibPcap.Compile(handle, out var program, filter);
            error = status == 0 ? null : LibPcap.ErrorOf(handle);
            return status == 0 ? new PacketFilter(program) : null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new CaptureFormatException(
                "the capture filter needs libpcap, which was not found: install libpcap0.8 (Debian, Ubuntu), libpcap "
                + "(other Linux) or Npcap (Windows), or leave the filter out: files are read without it",
                missing);
        }
    }

    /// <summary>The refusal of a filter, once libpcap has refused it for packets of that kind.</summary>
    /// <param name="error">libpcap's text.</param>
    public static CaptureFilterException Refusal(string filter, LinkType linkType, string error) => new(
        filter,
        error,
        FilterErrorPlace.Find(filter, error, part =>
        {
            using var compiled = Compile(part, linkType, out _);
            return compiled is not null;
        }));

    public bool Accepts(ReadOnlySpan<byte> octets, int originalLength) =>
        LibPcap.Accepts(_program, octets, originalLength);

    public void Dispose()
    {
        if (!_isFreed)
        {
            _isFreed = true;
            LibPcap.Free(ref _program);
        }
    }
}
