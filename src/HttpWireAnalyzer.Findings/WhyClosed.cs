namespace HttpWireAnalyzer.Findings;

/// <summary>Why a connection could not be used again.</summary>
public enum WhyClosed : byte
{
    ByClient,
    ByServer,
    CloseInRequest,
    CloseInResponse,
    Http10,
    MaxRequests,
    CloseDelimited,

    /// <summary>How many kinds there are.</summary>
    Kinds,
}
