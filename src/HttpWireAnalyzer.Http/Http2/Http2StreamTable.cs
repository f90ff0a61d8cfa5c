namespace HttpWireAnalyzer.Http.Http2;

/// <summary>The state machine of one end of a stream, as data.</summary>
/// <remarks>
/// <para>
/// RFC 9113 §5.1, figure 2, drawn for an end: each end of a stream has a state of its own, and both run this table. What one
/// sends, the other receives; from outside the two are told at once, since no packet shows when a frame was read. So they
/// differ only in name (half-closed local here is half-closed remote there), until a frame comes that an end cannot send
/// in its state: then it was on its way when the other end reset the stream, or its sender is wrong.
/// </para>
/// <para>
/// Frames that change no state have rows too, because the RFC says where they may stand. A frame without a row is an
/// observation. PRIORITY and WINDOW_UPDATE can come in nearly every state (§5.1) and are no inputs.
/// </para>
/// <list type="bullet">
/// <item>HEADERS with END_STREAM are two inputs, one after the other.</item>
/// <item>Stream 1 after Upgrade: h2c is as if the request had been HEADERS with END_STREAM (RFC 7540 §3.2).</item>
/// </list>
/// </remarks>
public static class Http2StreamTable
{
    private const int Inputs = (int)Http2StreamInput.ReceiveReset + 1;
    private const byte NoRow = byte.MaxValue;

    private static readonly (Http2StreamState From, Http2StreamInput Input, Http2StreamState To)[] Rows =
    [
        (Http2StreamState.Idle, Http2StreamInput.SendHeaders, Http2StreamState.Open),
        (Http2StreamState.Idle, Http2StreamInput.ReceiveHeaders, Http2StreamState.Open),
        (Http2StreamState.Idle, Http2StreamInput.SendPromise, Http2StreamState.ReservedLocal),
        (Http2StreamState.Idle, Http2StreamInput.ReceivePromise, Http2StreamState.ReservedRemote),

        (Http2StreamState.ReservedLocal, Http2StreamInput.SendHeaders, Http2StreamState.HalfClosedRemote),
        (Http2StreamState.ReservedLocal, Http2StreamInput.SendReset, Http2StreamState.Closed),
        (Http2StreamState.ReservedLocal, Http2StreamInput.ReceiveReset, Http2StreamState.Closed),

        (Http2StreamState.ReservedRemote, Http2StreamInput.ReceiveHeaders, Http2StreamState.HalfClosedLocal),
        (Http2StreamState.ReservedRemote, Http2StreamInput.SendReset, Http2StreamState.Closed),
        (Http2StreamState.ReservedRemote, Http2StreamInput.ReceiveReset, Http2StreamState.Closed),

        // Trailers, responses, and the 1xx before them are HEADERS on a stream that is open.
        (Http2StreamState.Open, Http2StreamInput.SendHeaders, Http2StreamState.Open),
        (Http2StreamState.Open, Http2StreamInput.ReceiveHeaders, Http2StreamState.Open),
        (Http2StreamState.Open, Http2StreamInput.SendData, Http2StreamState.Open),
        (Http2StreamState.Open, Http2StreamInput.ReceiveData, Http2StreamState.Open),
        (Http2StreamState.Open, Http2StreamInput.SendEndStream, Http2StreamState.HalfClosedLocal),
        (Http2StreamState.Open, Http2StreamInput.ReceiveEndStream, Http2StreamState.HalfClosedRemote),
        (Http2StreamState.Open, Http2StreamInput.SendReset, Http2StreamState.Closed),
        (Http2StreamState.Open, Http2StreamInput.ReceiveReset, Http2StreamState.Closed),

        (Http2StreamState.HalfClosedLocal, Http2StreamInput.ReceiveHeaders, Http2StreamState.HalfClosedLocal),
        (Http2StreamState.HalfClosedLocal, Http2StreamInput.ReceiveData, Http2StreamState.HalfClosedLocal),
        (Http2StreamState.HalfClosedLocal, Http2StreamInput.ReceiveEndStream, Http2StreamState.Closed),
        (Http2StreamState.HalfClosedLocal, Http2StreamInput.SendReset, Http2StreamState.Closed),
        (Http2StreamState.HalfClosedLocal, Http2StreamInput.ReceiveReset, Http2StreamState.Closed),

        (Http2StreamState.HalfClosedRemote, Http2StreamInput.SendHeaders, Http2StreamState.HalfClosedRemote),
        (Http2StreamState.HalfClosedRemote, Http2StreamInput.SendData, Http2StreamState.HalfClosedRemote),
        (Http2StreamState.HalfClosedRemote, Http2StreamInput.SendEndStream, Http2StreamState.Closed),
        (Http2StreamState.HalfClosedRemote, Http2StreamInput.SendReset, Http2StreamState.Closed),
        (Http2StreamState.HalfClosedRemote, Http2StreamInput.ReceiveReset, Http2StreamState.Closed),

        // §5.1: an end that reset a stream must be ready for what the other had sent before it knew.
        (Http2StreamState.Closed, Http2StreamInput.SendReset, Http2StreamState.Closed),
        (Http2StreamState.Closed, Http2StreamInput.ReceiveReset, Http2StreamState.Closed),
    ];

    private static readonly byte[] Next = Index();

    /// <summary>All rows, for the generated page docs/states/http2.md and for tests.</summary>
    public static IReadOnlyList<(Http2StreamState From, Http2StreamInput Input, Http2StreamState To)> Transitions => Rows;

    public static bool TryNext(Http2StreamState state, Http2StreamInput input, out Http2StreamState next)
    {
        var found = Next[((int)state * Inputs) + (int)input];
        next = (Http2StreamState)found;
        return found != NoRow;
    }

    private static byte[] Index()
    {
        var next = new byte[((int)Http2StreamState.Closed + 1) * Inputs];
        next.AsSpan().Fill(NoRow);
        foreach (var (from, input, to) in Rows)
        {
            next[((int)from * Inputs) + (int)input] = (byte)to;
        }

        return next;
    }
}

/// <summary>States of a stream (RFC 9113 §5.1).</summary>
public enum Http2StreamState : byte
{
    Idle,
    ReservedLocal,
    ReservedRemote,
    Open,
    HalfClosedLocal,
    HalfClosedRemote,
    Closed,
}

/// <summary>What an end does, or has done to it.</summary>
public enum Http2StreamInput : byte
{
    SendHeaders,
    ReceiveHeaders,

    /// <summary>PUSH_PROMISE that names the stream.</summary>
    SendPromise,
    ReceivePromise,
    SendData,
    ReceiveData,

    /// <summary>The flag END_STREAM, of HEADERS or DATA.</summary>
    SendEndStream,
    ReceiveEndStream,

    /// <summary>RST_STREAM.</summary>
    SendReset,
    ReceiveReset,
}
