namespace HttpWireAnalyzer.Http.Http2;

/// <summary>Takes the frames of one stream of octets, in order.</summary>
internal interface IFrameSink
{
    void OnPreface(Http2FrameReader reader);

    /// <summary>In the place of the first frame stands a status line of HTTP/1.</summary>
    /// <param name="status">0 where it has none.</param>
    void OnHttp1Answer(Http2FrameReader reader, int status);

    /// <summary>A whole frame that is not DATA.</summary>
    void OnFrame(Http2FrameReader reader, in FrameInHand frame, ReadOnlySpan<byte> payload);

    /// <summary>A frame that is not DATA, and longer than is kept; its payload was passed over.</summary>
    void OnLongFrame(Http2FrameReader reader, in FrameInHand frame);

    /// <summary>The header of a DATA frame.</summary>
    void OnDataBegins(Http2FrameReader reader, in FrameInHand frame);

    /// <summary>Some of its octets, without padding.</summary>
    void OnData(Http2FrameReader reader, in FrameInHand frame, ReadOnlySpan<byte> octets);

    /// <summary>Some of its octets were not captured.</summary>
    void OnDataMissing(Http2FrameReader reader, in FrameInHand frame, long octets);

    void OnDataEnds(Http2FrameReader reader, in FrameInHand frame);

    /// <summary>The frame breaks a rule of its type.</summary>
    void OnProblem(Http2FrameReader reader, in FrameInHand frame, Http2FrameProblem problem);

    /// <summary>Frames may be lost from here on.</summary>
    void OnPlaceLost(Http2FrameReader reader);

    /// <param name="passed">Octets that were passed over.</param>
    void OnPlaceFound(Http2FrameReader reader, long from, long passed);

    /// <summary>The preface is none: this is no HTTP/2.</summary>
    void OnForeign(Http2FrameReader reader);
}
