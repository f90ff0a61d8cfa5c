using HttpWireAnalyzer.Analysis;
using HttpWireAnalyzer.Capture;
using HttpWireAnalyzer.Capture.Live.Processes;
using HttpWireAnalyzer.Findings;

namespace HttpWireAnalyzer.Tui;

/// <summary>
/// The capture that is looked at: read once for its lists, and again, from the start, for all that is asked of single
/// connections. Both readings number packets alike.
/// </summary>
public interface ICaptureInput
{
    /// <summary>As the user named it.</summary>
    string Name { get; }

    /// <summary>It goes on until it is stopped.</summary>
    bool IsLive { get; }

    /// <summary>The limits of every reading.</summary>
    AnalysisOptions Options { get; }

    /// <summary>Thresholds that findings are made with.</summary>
    RuleSettings Rules { get; }

    /// <summary>Who knows the processes at the ends of connections; null where nobody does.</summary>
    ISocketOwners? Owners { get; }

    /// <summary>Whether it is made of this file, which therefore may not be overwritten.</summary>
    bool Reads(string path);

    /// <summary>For the lists; once.</summary>
    /// <exception cref="CaptureFormatException">It cannot be read.</exception>
    IPacketSource Open();

    /// <summary>Ends a live capture: what was captured until then is still read.</summary>
    void Stop();

    /// <summary>All that is there by now.</summary>
    /// <param name="keepsExtras">As <see cref="CaptureFileOptions.KeepsExtras"/>.</param>
    /// <exception cref="CaptureFormatException">It cannot be read again.</exception>
    IPacketSource Reopen(bool keepsExtras);
}
