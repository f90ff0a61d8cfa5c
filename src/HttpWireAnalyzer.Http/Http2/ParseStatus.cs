namespace HttpWireAnalyzer.Http.Http2;

/// <summary>What reading octets came to.</summary>
internal enum ParseStatus : byte
{
    Complete,

    /// <summary>They may become one; nothing was taken.</summary>
    NeedMore,

    /// <summary>They are none, whatever follows.</summary>
    Invalid,
}
