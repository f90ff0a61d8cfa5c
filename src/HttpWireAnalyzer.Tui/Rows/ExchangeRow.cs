using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using HttpWireAnalyzer.Analysis.Timing;
using HttpWireAnalyzer.Http;
using HttpWireAnalyzer.Wire;

namespace HttpWireAnalyzer.Tui.Rows;

/// <summary>An exchange as the lists show it. Durations are nanoseconds, negative where unknown.</summary>
[StructLayout(LayoutKind.Auto)]
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "As ConnectionRow.")]
internal record struct ExchangeRow
{
    /// <summary>No time between packets: what came early is negative.</summary>
    public const long Unknown = long.MinValue;

    /// <summary>As sent, and not yet safe to show; null where the request was not captured.</summary>
    public string? Method;
    public string? Target;
    public string? Host;
    public long Frame;
    public long IdleBefore;

    /// <summary>From the last octet of the request to the first of the answer: negative where that came early, <see cref="Unknown"/> where one of both was not captured.</summary>
    public long Wait;
    public long Total;

    /// <summary>Time that TCP lost of it.</summary>
    public long Stalled;
    public long ResponseOctets;
    public int Connection;
    public int Ordinal;
    public bool IsCold;

    /// <summary>The connection whose failed exchange it repeats; -1 where it repeats none.</summary>
    public int RetryOf;

    /// <summary>0 without a response, or without one in it.</summary>
    public short Status;
    public ExchangeEnd End;
    public PersistenceVerdict Persistence;
    public RowSeverity Severity;

    /// <summary>Which exchange it is, among all.</summary>
    public readonly long Key => KeyOf(Connection, Ordinal);

    public static long KeyOf(int connection, int ordinal) => ((long)connection << 32) | (uint)ordinal;

    public static ExchangeRow Of(in HttpExchange exchange, in ExchangeTiming timing, TextPool texts)
    {
        ref readonly var request = ref exchange.RequestTrace;
        ref readonly var response = ref exchange.ResponseTrace;
        var start = request.Start.IsNone ? response.Start : request.Start;
        return new ExchangeRow
        {
            Method = texts.Of(exchange.Request?.Method),
            Target = texts.Of(exchange.Request?.Target),
            Host = texts.Of(exchange.Request?.Host),
            Frame = start.IsNone ? exchange.EndedBy.Number : start.Number,
            IdleBefore = exchange.IdleBefore,
            Wait = Between(exchange.IsShownInOrder ? request.End : default, response.Start),
            Total = Between(exchange.IsShownInOrder ? request.Start : default, response.End),
            Stalled = timing.Stalled,
            ResponseOctets = exchange.Response is null ? -1 : response.BodyOctets,
            Connection = exchange.Connection.Number,
            Ordinal = exchange.Ordinal,
            IsCold = exchange.IsCold,
            RetryOf = exchange.RetryOf?.Connection ?? -1,
            Status = (short)(exchange.Response?.Status ?? 0),
            End = exchange.End,
            Persistence = exchange.Persistence.Verdict,
            Severity = RowSeverities.Of(exchange),
        };
    }

    private static long Between(PacketRef from, PacketRef to) =>
        from.IsNone || to.IsNone ? Unknown : to.Time.Since(from.Time);
}
