namespace HttpWireAnalyzer.Capture.Live;

/// <summary>An interface cannot be captured on; the message says why, and what mends it.</summary>
public sealed class LiveCaptureException(LiveFailure failure, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public LiveFailure Failure { get; } = failure;
}

/// <summary>Why there is no capture.</summary>
public enum LiveFailure : byte
{
    /// <summary>libpcap, or Npcap, is not on this machine.</summary>
    NoLibrary,
    NoPermission,
    NoSuchInterface,
    InterfaceDown,

    /// <summary>What else libpcap said.</summary>
    Refused,
}
