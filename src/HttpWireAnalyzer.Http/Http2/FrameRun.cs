namespace HttpWireAnalyzer.Http.Http2;

/// <summary>Tells whether octets, of which nothing says that a frame begins there, are frames all the same.</summary>
internal static class FrameRun
{
    /// <summary>RFC 9113 §6.5.2: what a frame may have without another word of its receiver.</summary>
    private const int UsualFrame = 16 * 1024;

    /// <summary>
    /// From the first octet on there is a whole faultless frame, and behind it others, up to the last octet: only DATA may
    /// be cut off there. Nothing that stands in the middle of DATA looks like that by chance.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> octets)
    {
        var any = false;
        var block = 0;
        while (Http2FrameHeader.TryParse(octets, out var header, out _) == ParseStatus.Complete)
        {
            var whole = Http2FrameHeader.Octets + header.Length;
            if (!IsUsual(header) || (header.Type == Http2FrameType.Continuation ? header.Stream : 0) != block)
            {
                // CONTINUATION goes on with what is lost, but behind its HEADERS; there nothing else stands (RFC 9113 §4.3).
                return false;
            }

            if (octets.Length < whole)
            {
                return any && header.Type == Http2FrameType.Data;
            }

            any = true;
            block = MayGoOn(header) ? header.Stream : 0;
            octets = octets[whole..];
        }

        return any && octets.IsEmpty;
    }

    private static bool IsUsual(Http2FrameHeader header) => header.Length <= UsualFrame && header.Type switch
    {
        Http2FrameType.Data => (header.Flags & ~(Http2FrameFlags.EndStream | Http2FrameFlags.Padded)) == 0,
        Http2FrameType.Headers => (header.Flags & ~(Http2FrameFlags.EndStream | Http2FrameFlags.EndHeaders
            | Http2FrameFlags.Padded | Http2FrameFlags.Priority)) == 0,
        Http2FrameType.Settings or Http2FrameType.Ping => (header.Flags & ~Http2FrameFlags.Ack) == 0,
        Http2FrameType.PushPromise => (header.Flags & ~(Http2FrameFlags.EndHeaders | Http2FrameFlags.Padded)) == 0,
        Http2FrameType.Priority or Http2FrameType.RstStream or Http2FrameType.GoAway or Http2FrameType.WindowUpdate =>
            header.Flags == Http2FrameFlags.None,
        Http2FrameType.Continuation => (header.Flags & ~Http2FrameFlags.EndHeaders) == 0,
        _ => false,
    };

    private static bool MayGoOn(Http2FrameHeader header) => !header.Has(Http2FrameFlags.EndHeaders)
        && header.Type is Http2FrameType.Headers or Http2FrameType.PushPromise or Http2FrameType.Continuation;
}
