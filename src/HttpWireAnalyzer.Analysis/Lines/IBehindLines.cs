namespace HttpWireAnalyzer.Analysis.Lines;

/// <summary>How what the lines make of the stretches comes to be said.</summary>
internal interface IBehindLines
{
    /// <summary>All of it is likely to be there, so that to say it takes no waiting.</summary>
    /// <param name="stretch">Its number, from 0.</param>
    bool HasAllOf(long stretch);

    /// <summary>Returns when all of the next stretch is said, or will not be.</summary>
    /// <param name="stretch">Its number.</param>
    /// <param name="sent">How many the lines have been sent.</param>
    void Say(long stretch, long sent);

    /// <summary>The caller's thread has read so much.</summary>
    void OnRead(long packets, long octets);

    /// <summary>On a line's own thread: it has taken the stretch through.</summary>
    void OnTaken(Stretch stretch);

    /// <summary>Nobody waits any more.</summary>
    void Close();
}
