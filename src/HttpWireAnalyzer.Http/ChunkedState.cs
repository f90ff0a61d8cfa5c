namespace HttpWireAnalyzer.Http;

/// <summary>Where a reader of chunked coding stands.</summary>
internal enum ChunkedState : byte
{
    /// <summary>Before the first digit of a size.</summary>
    Size,
    SizeDigits,

    /// <summary>White space after the size.</summary>
    AfterSize,
    Extension,

    /// <summary>CR seen at the end of the size's line.</summary>
    SizeLineFeed,
    Data,

    /// <summary>The data are whole; CRLF has to follow.</summary>
    DataCarriageReturn,
    DataLineFeed,

    /// <summary>At the beginning of a line after the last chunk.</summary>
    TrailerStart,
    TrailerLine,

    /// <summary>CR seen at the beginning of a line: the end, if LF follows.</summary>
    LastLineFeed,
}

/// <summary>Why <see cref="ChunkedReader.Read"/> came back.</summary>
internal enum ChunkedOutcome : byte
{
    NeedMore,
    Ended,

    /// <summary>Something odd that does not hinder reading: see <see cref="ChunkedReader.Oddity"/>.</summary>
    Odd,

    /// <summary>The framing is broken: see <see cref="ChunkedReader.Oddity"/>.</summary>
    Broken,
}
