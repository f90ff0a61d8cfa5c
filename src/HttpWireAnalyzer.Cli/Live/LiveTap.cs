using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Live;
using HttpWireAnalyzer.Capture.Live.Processes;

namespace HttpWireAnalyzer.Cli.Live;

/// <summary>What hwa live holds open: the interfaces, and what looks at their packets beside the analysis.</summary>
/// <param name="Processes">Null where nobody asks for them.</param>
/// <param name="Recording">What -w asks for; null where it does not.</param>
internal sealed record LiveTap(LiveSource Source, LocalProcesses? Processes, Recording? Recording)
{
    /// <summary>What is to be read: packets that are written before they are analysed come from what writes them.</summary>
    public IPacketSource Packets => Recording is null ? Source : Recording.Packets;
}
