using System.Diagnostics;

namespace HttpWireAnalyzer.Http;

/// <summary>How an exchange ended, from how its two messages did.</summary>
internal static class ExchangeOutcome
{
    public static ExchangeEnd Decide(in PendingExchange pending)
    {
        if (pending.Exchange.ResponseTrace.Rule is BodyRule.Tunnel or BodyRule.Upgraded)
        {
            return ExchangeEnd.Switched;
        }

        switch (pending.Absence)
        {
            case RequestAbsence.Unsolicited:
                return ExchangeEnd.Unsolicited;
            case RequestAbsence.Late or RequestAbsence.NotCaptured:
                return ExchangeEnd.RequestNotCaptured;
            case RequestAbsence.None:
                break;
            default:
                throw new UnreachableException();
        }

        return pending.ResponseEnded ? OfResponse(pending) : WithoutResponse(pending);
    }

    private static ExchangeEnd OfResponse(in PendingExchange pending) => pending.ResponseFate switch
    {
        MessageFate.Whole when pending.RequestEnded && pending.RequestFate == MessageFate.Cut => ExchangeEnd.RequestTruncated,
        MessageFate.Whole when pending.Exchange.ResponseTrace.Rule is BodyRule.UntilClose or BodyRule.TransferEncodingUntilClose
            or BodyRule.SimpleResponse => ExchangeEnd.CompleteByClose,
        MessageFate.Whole => ExchangeEnd.Complete,

        // The hole is the capture's, not the server's.
        MessageFate.Lost => ExchangeEnd.ResponseNotCaptured,

        // RFC 9112 §8: chunked without its last chunk, or fewer octets than Content-Length, is incomplete.
        MessageFate.Broken or MessageFate.Cut => ExchangeEnd.ResponseTruncated,
        MessageFate.Unfinished => ExchangeEnd.InProgress,
        MessageFate.Withheld => throw new UnreachableException(),
        _ => throw new UnreachableException(),
    };

    private static ExchangeEnd WithoutResponse(in PendingExchange pending)
    {
        if (pending.ResponseInHole)
        {
            return ExchangeEnd.ResponseNotCaptured;
        }

        if (pending.ResponseUnread)
        {
            return ExchangeEnd.ResponseUnreadable;
        }

        if (pending.RequestEnded && pending.RequestFate is MessageFate.Cut or MessageFate.Broken)
        {
            return ExchangeEnd.RequestTruncated;
        }

        return pending.CaptureEnded || pending.RequestFate == MessageFate.Unfinished
            ? ExchangeEnd.InProgress
            : ExchangeEnd.Unanswered;
    }
}
