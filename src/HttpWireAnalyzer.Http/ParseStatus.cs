namespace HttpWireAnalyzer.Http;

/// <summary>What reading a unit of a binary protocol came to.</summary>
internal enum ParseStatus : byte
{
    Complete,

    /// <summary>The rest has not come; nothing is consumed.</summary>
    NeedMore,

    Invalid,
}
